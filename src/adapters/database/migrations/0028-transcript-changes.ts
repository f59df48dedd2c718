import type { Kysely } from 'kysely'

/** Who changed which segments of a transcript, version by version. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('transcript_changes')
    .addColumn('transcription_id', 'text', (c) =>
      c.notNull().references('transcriptions.id').onDelete('cascade'),
    )
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('change_id', 'text')
    .addColumn('changed_by', 'text')
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .addColumn('changes', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('transcript_changes_key', ['transcription_id', 'version'])
    .execute()
  await db.schema
    .createIndex('transcript_changes_once')
    .on('transcript_changes')
    .columns(['transcription_id', 'change_id'])
    .unique()
    .execute()
}
