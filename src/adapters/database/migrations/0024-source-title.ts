import type { Kysely } from 'kysely'

/** What the platform itself calls a post: all of a title that another account may be told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('transcriptions').addColumn('source_title', 'text').execute()
}
