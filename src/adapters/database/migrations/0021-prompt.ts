import type { Kysely } from 'kysely'

/** Words and names that are to be expected in a recording. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('transcriptions').addColumn('prompt', 'text').execute()
}
