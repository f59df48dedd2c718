import { type Kysely, sql } from 'kysely'

/** Telling the speakers of a transcript apart anew: the latest run of each transcription. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('speaker_runs')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('transcription_id', 'text', (c) =>
      c.notNull().unique().references('transcriptions.id').onDelete('cascade'),
    )
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('asked_by', 'text')
    .addColumn('speakers', 'integer')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('pct', 'integer', (c) => c.notNull())
    .addColumn('found', 'integer')
    .addColumn('version', 'integer')
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .addColumn('lease_token', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('finished_at', 'bigint')
    .execute()
  for (const statement of [
    `create index speaker_runs_due on speaker_runs (next_at, id) where state in ('queued', 'running')`,
    `create index speaker_runs_open on speaker_runs (account_id) where state in ('queued', 'running')`,
    `create unique index speaker_runs_lease on speaker_runs (lease_token) where lease_token is not null`,
  ])
    await sql.raw(statement).execute(db)
}
