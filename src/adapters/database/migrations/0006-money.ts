import { type Kysely, sql } from 'kysely'

/** Idempotency keys, rate limits, and what was bought. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('idempotency_keys')
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('route', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('transcription_id', 'text')
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('status', 'integer')
    .addColumn('headers', 'text')
    .addColumn('body', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('idempotency_keys_pk', ['account_id', 'route', 'key'])
    .execute()
  await db.schema.createIndex('idempotency_keys_expiry').on('idempotency_keys').column('expires_at').execute()

  await db.schema
    .createTable('purchases')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('item', 'text', (c) => c.notNull())
    .addColumn('credits', 'bigint', (c) => c.notNull())
    .addColumn('provider', 'text', (c) => c.notNull())
    .addColumn('provider_ref', 'text', (c) => c.unique())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .execute()
  await db.schema
    .createIndex('purchases_account')
    .on('purchases')
    .columns(['account_id', 'created_at'])
    .execute()

  await db.schema
    .createTable('payment_events')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute()

  const account = (name: string, type: 'text' | 'bigint') =>
    db.schema.alterTable('accounts').addColumn(name, type).execute()
  await account('payment_customer', 'text')
  await account('payment_subscription', 'text')
  await account('next_grant_at', 'bigint')
  await db.schema.createIndex('accounts_next_grant').on('accounts').column('next_grant_at').execute()
  await db.schema.createIndex('accounts_payment_customer').on('accounts').column('payment_customer').execute()

  // Transactional DDL is how Kysely tells PostgreSQL from SQLite, where one process counts in memory.
  if (db.getExecutor().adapter.supportsTransactionalDdl) await rateWindows(db)
}

/** One row a window: how many requests each of the last 61 seconds brought. Unlogged: a crash may forget it. */
async function rateWindows(db: Kysely<unknown>): Promise<void> {
  await sql`create unlogged table rate_windows (
    key text primary key, at bigint not null, counts int[] not null
  ) with (fillfactor = 50)`.execute(db)
  await sql`create function earshot_slide(counts int[], seconds bigint) returns int[]
    language sql immutable parallel safe
    return counts[least(greatest(seconds, 0), 61)::int + 1 : 61]
      || array_fill(0, array[least(greatest(seconds, 0), 61)::int])`.execute(db)
}
