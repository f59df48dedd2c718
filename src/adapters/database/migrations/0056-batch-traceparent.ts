import type { Kysely } from 'kysely'

/** The span of the request for a batch: the spans of its items' work are its children. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('batches').addColumn('traceparent', 'text').execute()
}
