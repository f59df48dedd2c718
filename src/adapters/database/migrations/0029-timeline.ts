import { type Kysely, sql } from 'kysely'

/** Which request asked for a transcription, and what became of it, step by step. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['request_id', 'trace_id'])
    await db.schema.alterTable('transcriptions').addColumn(column, 'text').execute()
  const postgres = db.getExecutor().adapter.supportsTransactionalDdl
  await db.schema
    .createTable('transcription_events')
    .addColumn('n', postgres ? 'bigserial' : 'integer', (c) =>
      postgres ? c.primaryKey() : c.primaryKey().autoIncrement(),
    )
    .addColumn('transcription_id', 'text', (c) =>
      c.notNull().references('transcriptions.id').onDelete('cascade'),
    )
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull().defaultTo(sql`'{}'`))
    .execute()
  await db.schema
    .createIndex('transcription_events_of')
    .on('transcription_events')
    .columns(['transcription_id', 'n'])
    .execute()
}
