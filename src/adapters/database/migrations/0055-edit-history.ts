import { type Kysely, sql } from 'kysely'

/** What the earlier versions of a transcript take, beside it, so that an account's share can be summed without reading them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('transcript_edits')
    .addColumn('history_bytes', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute()
  await sql`update transcript_edits set history_bytes = (
    select coalesce(sum(length(c.changes)), 0) from transcript_changes as c
    where c.transcription_id = transcript_edits.transcription_id)`.execute(db)
  await sql`create index transcript_edits_bytes on transcript_edits (account_id, history_bytes)`.execute(db)
}
