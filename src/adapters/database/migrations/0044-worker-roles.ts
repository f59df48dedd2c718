import type { Kysely } from 'kysely'

/** Workers that only fetch or only recognise, or use only some models. */
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
