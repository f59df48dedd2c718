import { type Kysely, sql } from 'kysely'

/** When the engine was first given a part of it: before, a recording waits, also where a worker has claimed it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('transcriptions').addColumn('heard_at', 'bigint').execute()
  await sql`create index transcriptions_heard on transcriptions (finished_at) where heard_at is not null`.execute(
    db,
  )
}
