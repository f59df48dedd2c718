import type { Kysely } from 'kysely'

/** How much of the speech was heard in the detected language, 0 to 1. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('transcriptions').addColumn('language_confidence', 'double precision').execute()
}
