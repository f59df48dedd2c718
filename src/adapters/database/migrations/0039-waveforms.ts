import type { Kysely } from 'kysely'

/** How loud each recording is, for whoever draws it: a file of at most 600 kB. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const postgres = db.getExecutor().adapter.supportsTransactionalDdl
  await db.schema
    .createTable('waveforms')
    .addColumn('transcription_id', 'text', (c) =>
      c.primaryKey().references('transcriptions.id').onDelete('cascade'),
    )
    .addColumn('data', postgres ? 'bytea' : 'blob', (c) => c.notNull())
    .execute()
}
