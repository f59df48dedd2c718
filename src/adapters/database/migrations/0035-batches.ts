import { type Kysely, sql } from 'kysely'

const EVENTS_BEFORE = ['transcription.succeeded', 'transcription.failed', 'transcription.cancelled']
const EVENTS_SINCE = [...EVENTS_BEFORE, 'batch.completed', 'batch.cancelled']

/** Many transcriptions under one name: what is asked for, what became of each, and who begins the next ones. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('batches')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('key_id', 'text')
    .addColumn('request_id', 'text')
    .addColumn('trace_id', 'text')
    .addColumn('surface', 'text', (c) => c.notNull())
    .addColumn('name', 'text')
    .addColumn('source_url', 'text')
    .addColumn('source_title', 'text')
    .addColumn('wishes', 'text', (c) => c.notNull())
    .addColumn('total', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('tally', 'text')
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .addColumn('lease_token', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('finished_at', 'bigint')
    .execute()
  await db.schema
    .createTable('batch_items')
    .addColumn('batch_id', 'text', (c) => c.notNull().references('batches.id').onDelete('cascade'))
    .addColumn('idx', 'integer', (c) => c.notNull())
    .addColumn('custom_id', 'text')
    .addColumn('url', 'text')
    .addColumn('media_id', 'text')
    .addColumn('title', 'text')
    .addColumn('wishes', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('transcription_id', 'text')
    .addColumn('credits', 'bigint')
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .addPrimaryKeyConstraint('batch_items_pk', ['batch_id', 'idx'])
    .execute()
  await db.schema.alterTable('transcriptions').addColumn('batch_id', 'text').execute()
  await db.schema.alterTable('transcriptions').addColumn('batch_index', 'integer').execute()
  for (const statement of [
    `create index batches_account on batches (account_id, created_at, id)`,
    `create index batches_due on batches (next_at, id) where state in ('running', 'cancelling')`,
    `create index batches_finished on batches (finished_at)`,
    `create index batch_items_state on batch_items (batch_id, state, idx)`,
    `create index batch_items_media on batch_items (media_id) where state = 'waiting'`,
  ])
    await sql.raw(statement).execute(db)
  // Who asked for all events gets these too.
  await sql`update webhook_endpoints set events = ${JSON.stringify(EVENTS_SINCE)}
    where events = ${JSON.stringify(EVENTS_BEFORE)}`.execute(db)
}
