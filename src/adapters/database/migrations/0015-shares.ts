import type { Kysely } from 'kysely'

/** Links for readers may end by themselves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('shares').addColumn('expires_at', 'bigint').execute()
}
