import type { Kysely } from 'kysely'

/** Tags, the bin, receipts for transcriptions that were deleted for good, and each account's retention rules. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const transcriptions = db.schema.alterTable('transcriptions')
  await transcriptions.addColumn('created_by', 'text').execute()
  await transcriptions.addColumn('tags', 'text', (c) => c.notNull().defaultTo('[]')).execute()
  await transcriptions.addColumn('binned_at', 'bigint').execute()
  await transcriptions.addColumn('binned_by', 'text').execute()
  await transcriptions.addColumn('binned_media', 'integer', (c) => c.notNull().defaultTo(0)).execute()
  await db.schema
    .createIndex('transcriptions_binned')
    .on('transcriptions')
    .column('binned_at')
    .where('binned_at' as never, 'is not', null)
    .execute()
  await db.schema
    .createTable('deletions')
    .addColumn('transcription_id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('title', 'text')
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('duration_ms', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('deleted_at', 'bigint', (c) => c.notNull())
    .addColumn('deleted_by', 'text')
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('media_deleted', 'integer', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('deletions_account')
    .on('deletions')
    .columns(['account_id', 'deleted_at', 'transcription_id'])
    .execute()
  await db.schema.createIndex('deletions_deleted').on('deletions').column('deleted_at').execute()
  await db.schema
    .createTable('retention_rules')
    .addColumn('account_id', 'text', (c) => c.primaryKey().references('accounts.id'))
    .addColumn('transcript_days', 'integer')
    .addColumn('media_days', 'integer')
    .addColumn('members_delete', 'integer', (c) => c.notNull())
    .execute()
}
