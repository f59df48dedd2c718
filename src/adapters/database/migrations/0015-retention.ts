import { type Kysely, sql } from 'kysely'

/** Since when a file is kept, what is stored without a row, and that an account has the same bytes once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('media')
    .addColumn('kept_since', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute()
  await sql`update media set kept_since = created_at`.execute(db)
  await db.schema.createIndex('media_kept').on('media').column('kept_since').execute()
  await db.schema.dropIndex('media_same').execute()
  await db.schema
    .createIndex('media_once')
    .on('media')
    .columns(['account_id', 'sha256', 'bytes'])
    .unique()
    .execute()
  await db.schema.createIndex('transcriptions_media').on('transcriptions').column('media_id').execute()
  await db.schema.createIndex('transcriptions_finished').on('transcriptions').column('finished_at').execute()
  await db.schema
    .createTable('stray_files')
    .addColumn('storage_key', 'text', (c) => c.primaryKey())
    .addColumn('since', 'bigint', (c) => c.notNull())
    .execute()
}
