import type { Kysely } from 'kysely'

/** Finds posts and drafts whose time is over, and the drafts of a transcription that is deleted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('posts_ended').on('posts').column('ended_at').execute()
  await db.schema.createIndex('post_drafts_updated').on('post_drafts').column('updated_at').execute()
  await db.schema
    .createIndex('post_drafts_transcription')
    .on('post_drafts')
    .column('transcription_id')
    .execute()
}
