import type { Kysely } from 'kysely'
import { sql } from 'kysely'

/** Types that mean the same in both databases: `bigint` for times and counts, `text` for the rest. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('accounts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('plan', 'text', (c) => c.notNull())
    .addColumn('subscription_status', 'text')
    .addColumn('current_period_end', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('api_keys')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('preview', 'text', (c) => c.notNull())
    .addColumn('scopes', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_used_at', 'bigint')
    .addColumn('expires_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .execute()
  await db.schema.createIndex('api_keys_account').on('api_keys').column('account_id').execute()

  await db.schema
    .createTable('credit_balances')
    .addColumn('account_id', 'text', (c) => c.primaryKey().references('accounts.id'))
    .addColumn('posted', 'bigint', (c) => c.notNull())
    .addColumn('pending', 'bigint', (c) => c.notNull())
    .addCheckConstraint('credit_balances_sane', sql`pending >= 0 and posted >= pending`)
    .execute()

  await db.schema
    .createTable('credit_holds')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('transcription_id', 'text')
    .addColumn('amount', 'bigint', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('posted_amount', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .execute()
  await db.schema
    .createIndex('credit_holds_open')
    .on('credit_holds')
    .columns(['state', 'expires_at'])
    .execute()

  await db.schema
    .createTable('credit_transfers')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('amount', 'bigint', (c) => c.notNull())
    .addColumn('hold_id', 'text')
    .addColumn('transcription_id', 'text')
    .addColumn('reference', 'text', (c) => c.unique())
    .addColumn('note', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('credit_transfers_account')
    .on('credit_transfers')
    .columns(['account_id', 'created_at'])
    .execute()

  const postgres = await isPostgres(db)
  await db.schema
    .createTable('credit_entries')
    .addColumn('id', postgres ? 'bigserial' : 'integer', (c) =>
      postgres ? c.primaryKey() : c.primaryKey().autoIncrement(),
    )
    .addColumn('transfer_id', 'text', (c) => c.notNull().references('credit_transfers.id'))
    .addColumn('ledger', 'text', (c) => c.notNull())
    .addColumn('amount', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('credit_entries_ledger').on('credit_entries').column('ledger').execute()

  await db.schema
    .createTable('media')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('storage_key', 'text', (c) => c.notNull())
    .addColumn('filename', 'text', (c) => c.notNull())
    .addColumn('content_type', 'text', (c) => c.notNull())
    .addColumn('bytes', 'bigint', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('duration_ms', 'bigint', (c) => c.notNull())
    .addColumn('has_video', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('media_account').on('media').columns(['account_id', 'created_at']).execute()

  await db.schema
    .createTable('transcriptions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('key_id', 'text')
    .addColumn('surface', 'text', (c) => c.notNull())
    .addColumn('media_id', 'text')
    .addColumn('link_platform', 'text')
    .addColumn('link_id', 'text')
    .addColumn('link_url', 'text')
    .addColumn('title', 'text')
    .addColumn('language', 'text')
    .addColumn('model', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('stage', 'text')
    .addColumn('pct', 'integer', (c) => c.notNull())
    .addColumn('hold_id', 'text', (c) => c.notNull())
    .addColumn('price', 'text', (c) => c.notNull())
    .addColumn('credits_debited', 'bigint')
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .addColumn('model_used', 'text')
    .addColumn('stand_in', 'integer')
    .addColumn('duration_ms', 'bigint')
    .addColumn('detected_language', 'text')
    .addColumn('likely_lyrics', 'integer')
    .addColumn('transcript', 'text')
    .addColumn('source_sha256', 'text')
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('deadline_at', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('finished_at', 'bigint')
    .execute()
  await db.schema
    .createIndex('transcriptions_account')
    .on('transcriptions')
    .columns(['account_id', 'created_at', 'id'])
    .execute()
  await db.schema
    .createIndex('transcriptions_state')
    .on('transcriptions')
    .columns(['state', 'created_at'])
    .execute()

  await db.schema
    .createTable('parts')
    .addColumn('transcription_id', 'text', (c) => c.notNull().references('transcriptions.id'))
    .addColumn('idx', 'integer', (c) => c.notNull())
    .addColumn('start', 'bigint', (c) => c.notNull())
    .addColumn('end', 'bigint', (c) => c.notNull())
    .addColumn('from', 'bigint', (c) => c.notNull())
    .addColumn('to', 'bigint', (c) => c.notNull())
    .addColumn('result', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('parts_pk', ['transcription_id', 'idx'])
    .execute()
}

/** Kysely hides the dialect; a function that only PostgreSQL has tells. */
async function isPostgres(db: Kysely<unknown>): Promise<boolean> {
  return db.getExecutor().adapter.supportsTransactionalDdl
}
