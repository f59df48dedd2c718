import type { Kysely } from 'kysely'

/** Workers that do only half of the work, or hear only with some models. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('workers')
    .addColumn('role', 'text', (c) => c.notNull().defaultTo('all'))
    .execute()
  await db.schema
    .alterTable('workers')
    .addColumn('hears_unnamed', 'integer', (c) => c.notNull().defaultTo(1))
    .execute()
}
