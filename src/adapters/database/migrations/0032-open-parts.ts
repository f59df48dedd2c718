import { type Kysely, sql } from 'kysely'

/** Parts that wait for any worker, where their sound lies, and what each worker has to spare for those of others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('open_parts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('transcription_id', 'text', (c) =>
      c.notNull().references('transcriptions.id').onDelete('cascade'),
    )
    .addColumn('account_id', 'text', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('handed_by', 'text', (c) => c.notNull())
    .addColumn('model', 'text', (c) => c.notNull())
    .addColumn('store', 'text', (c) => c.notNull())
    .addColumn('storage_key', 'text', (c) => c.notNull())
    .addColumn('samples', 'bigint', (c) => c.notNull())
    .addColumn('options', 'text', (c) => c.notNull())
    .addColumn('tries', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('claimed_by', 'text')
    .addColumn('claimed_at', 'bigint')
    .addColumn('outcome', 'text')
    .addColumn('lease_token', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('open_parts_same', ['transcription_id', 'digest'])
    .execute()
  await sql`create unique index open_parts_lease on open_parts (lease_token) where lease_token is not null`.execute(
    db,
  )
  await sql`create index open_parts_unheard on open_parts (created_at) where outcome is null`.execute(db)
  await db.schema
    .alterTable('workers')
    .addColumn('spare', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await db.schema.alterTable('workers').addColumn('store', 'text').execute()
  await db.schema.alterTable('parts').addColumn('heard_by', 'text').execute()
}
