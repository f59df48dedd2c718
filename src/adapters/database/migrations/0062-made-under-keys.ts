import type { Kysely } from 'kysely'

/** What a request under a key has made, known before its answer is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('idempotency_keys').addColumn('made_id', 'text').execute()
}
