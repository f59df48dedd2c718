import type { Kysely } from 'kysely'

/** Captions as transcripts, and the same link asked for again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const add = (name: string, type: 'text' | 'integer') =>
    db.schema.alterTable('transcriptions').addColumn(name, type)
  await db.schema
    .alterTable('transcriptions')
    .addColumn('mode', 'text', (c) => c.notNull().defaultTo('speech'))
    .execute()
  await add('captions_kind', 'text').execute()
  await add('reuse_key', 'text').execute()
  await add('leader_id', 'text').execute()
  await db.schema
    .alterTable('transcriptions')
    .addColumn('reused', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await db.schema
    .createIndex('transcriptions_reuse')
    .on('transcriptions')
    .columns(['reuse_key', 'state', 'finished_at'])
    .execute()
  await db.schema.createIndex('transcriptions_leader').on('transcriptions').column('leader_id').execute()
  await db.schema
    .createTable('links')
    .addColumn('reuse_key', 'text', (c) => c.primaryKey())
    .addColumn('asked_at', 'bigint', (c) => c.notNull())
    .execute()
}
