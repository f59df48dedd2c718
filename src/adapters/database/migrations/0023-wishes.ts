import type { Kysely } from 'kysely'

/** The wishes of a request that have no column of their own, as JSON. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('transcriptions').addColumn('wishes', 'text').execute()
}
