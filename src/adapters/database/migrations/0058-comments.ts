import type { Kysely } from 'kysely'

/** Comments on passages of transcripts, and the replies to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('comments')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('transcription_id', 'text', (c) =>
      c.notNull().references('transcriptions.id').onDelete('cascade'),
    )
    .addColumn('parent_id', 'text', (c) => c.references('comments.id').onDelete('cascade'))
    .addColumn('start_ms', 'bigint')
    .addColumn('end_ms', 'bigint')
    .addColumn('quote', 'text')
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('author', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('edited_at', 'bigint')
    .addColumn('resolved_at', 'bigint')
    .addColumn('resolved_by', 'text')
    .execute()
  const index = (name: string, column: string): Promise<void> =>
    db.schema.createIndex(name).on('comments').column(column).execute()
  await index('comments_transcription', 'transcription_id')
  await index('comments_account', 'account_id')
  await index('comments_parent', 'parent_id')
}
