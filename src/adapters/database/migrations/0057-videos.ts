import { type Kysely, sql } from 'kysely'

const FILE_GONE = `insert into stray_files (storage_key, since) values (old.storage_key, 0)
  on conflict (storage_key) do nothing;`

/**
 * Videos with their subtitles drawn in: the latest of each transcription. They go with the transcription and with the
 * recording; triggers note the file then, so that no way in which a row may go can forget it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const postgres = db.getExecutor().adapter.supportsTransactionalDdl
  await db.schema
    .alterTable('workers')
    .addColumn('makes_videos', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await db.schema
    .createTable('videos')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('transcription_id', 'text', (c) =>
      c.notNull().unique().references('transcriptions.id').onDelete('cascade'),
    )
    .addColumn('media_id', 'text', (c) => c.notNull().references('media.id').onDelete('cascade'))
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('asked_by', 'text')
    .addColumn('options', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('pct', 'integer', (c) => c.notNull())
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .addColumn('version', 'integer')
    .addColumn('storage_key', 'text')
    .addColumn('bytes', 'bigint')
    .addColumn('sha256', 'text')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .addColumn('lease_token', 'text')
    .addColumn('lease_until', 'bigint')
    .execute()
  for (const statement of [
    `create index videos_due on videos (next_at, id) where state in ('queued', 'running')`,
    `create index videos_account on videos (account_id)`,
    `create index videos_media on videos (media_id)`,
    `create index videos_finished on videos (finished_at) where finished_at is not null`,
    `create unique index videos_lease on videos (lease_token) where lease_token is not null`,
    ...(postgres ? onPostgres : onSqlite),
  ])
    await sql.raw(statement).execute(db)
}

const onSqlite = [
  `create trigger videos_deleted after delete on videos when old.storage_key is not null begin ${FILE_GONE} end`,
  `create trigger videos_replaced after update of storage_key on videos
    when old.storage_key is not null and new.storage_key is not old.storage_key begin ${FILE_GONE} end`,
]

const onPostgres = [
  `create function video_file_gone() returns trigger language plpgsql as $$ begin ${FILE_GONE} return null; end $$`,
  `create trigger videos_deleted after delete on videos for each row
    when (old.storage_key is not null) execute function video_file_gone()`,
  `create trigger videos_replaced after update of storage_key on videos for each row
    when (old.storage_key is not null and new.storage_key is distinct from old.storage_key)
    execute function video_file_gone()`,
]
