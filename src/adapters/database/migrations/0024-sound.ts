import type { Kysely } from 'kysely'

/** What sound tracks a file has, which one was heard, and what of it could not be read, as JSON. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('transcriptions').addColumn('sound', 'text').execute()
}
