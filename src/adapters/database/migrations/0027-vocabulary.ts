import type { Kysely } from 'kysely'

/** Names and terms of an account, and what is written instead of what is heard wrongly. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('vocabularies')
    .addColumn('account_id', 'text', (c) => c.primaryKey().references('accounts.id'))
    .addColumn('keywords', 'text', (c) => c.notNull())
    .addColumn('replacements', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
}
