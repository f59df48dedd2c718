import type { Kysely } from 'kysely'

/** The span that asked for a transcription: what becomes of it is part of that. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('transcriptions').addColumn('traceparent', 'text').execute()
}
