import type { Kysely } from 'kysely'

/** When the payment provider last spoke of an account's subscription: what it said before that is stale. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('accounts').addColumn('payment_event_at', 'bigint').execute()
}
