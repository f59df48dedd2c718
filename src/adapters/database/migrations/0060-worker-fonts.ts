import type { Kysely } from 'kysely'

/** Which scripts the fonts of each worker's machine lack. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('workers')
    .addColumn('lacks_scripts', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute()
}
