import { type Kysely, sql } from 'kysely'

const EVENTS_BEFORE = [
  'transcription.succeeded',
  'transcription.failed',
  'transcription.cancelled',
  'batch.completed',
  'batch.cancelled',
  'post.published',
  'post.failed',
]
const EVENTS_SINCE = [...EVENTS_BEFORE, 'subscription.found', 'subscription.failed']

/** Subscriptions to playlists, channels and feeds, and the entries seen in each of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('subscriptions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('key_id', 'text')
    .addColumn('request_id', 'text')
    .addColumn('surface', 'text', (c) => c.notNull())
    .addColumn('url', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('title', 'text')
    .addColumn('name', 'text')
    .addColumn('wishes', 'text', (c) => c.notNull())
    .addColumn('every_ms', 'bigint', (c) => c.notNull())
    .addColumn('most_at_once', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('blocked', 'text')
    .addColumn('last_look', 'text')
    .addColumn('last_batch_id', 'text')
    .addColumn('look_at', 'bigint', (c) => c.notNull())
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .addColumn('lease_token', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('subscription_entries')
    .addColumn('subscription_id', 'text', (c) =>
      c.notNull().references('subscriptions.id').onDelete('cascade'),
    )
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('place', 'integer', (c) => c.notNull())
    .addColumn('url', 'text')
    .addColumn('title', 'text')
    .addColumn('seconds', 'real')
    .addColumn('found_at', 'bigint', (c) => c.notNull())
    .addColumn('retry_at', 'bigint', (c) => c.notNull())
    .addColumn('retries', 'integer', (c) => c.notNull())
    .addColumn('batch_id', 'text')
    .addColumn('batch_index', 'integer')
    .addPrimaryKeyConstraint('subscription_entries_pk', ['subscription_id', 'key'])
    .execute()
  await db.schema.alterTable('batches').addColumn('subscription_id', 'text').execute()
  for (const statement of [
    `create unique index subscriptions_source on subscriptions (account_id, source)`,
    `create index subscriptions_due on subscriptions (next_at, id) where state = 'active'`,
    `create index subscription_entries_waiting on subscription_entries (subscription_id, found_at, place)
      where state = 'waiting'`,
    `create unique index subscription_entries_item on subscription_entries (batch_id, batch_index)
      where batch_id is not null`,
    `create index batches_subscription on batches (subscription_id, created_at, id)
      where subscription_id is not null`,
  ])
    await sql.raw(statement).execute(db)
  // Webhooks that subscribed to all events get these too.
  await sql`update webhook_endpoints set events = ${JSON.stringify(EVENTS_SINCE)}
    where events = ${JSON.stringify(EVENTS_BEFORE)}`.execute(db)
}
