import type { Kysely } from 'kysely'

/** Machines of anybody's that hear parts over HTTPS. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('runners')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull().unique())
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('preview', 'text', (c) => c.notNull())
    .addColumn('models', 'text')
    .addColumn('accounts', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('revoked_at', 'bigint')
    .addColumn('seen_at', 'bigint')
    .addColumn('says', 'text')
    .addColumn('parts', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('heard_ms', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('fault', 'text')
    .addColumn('paused_until', 'bigint')
    .execute()
}
