import type { Kysely } from 'kysely'

/** The span of the request for a transcription: the spans of its work are its children. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('transcriptions').addColumn('traceparent', 'text').execute()
}
