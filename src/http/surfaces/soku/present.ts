import type { MediaReply, PostStatusReply, TranscribeReply } from '../../../contract/soku.ts'
import type { PostWithDeliveries } from '../../../domain/posts/list.ts'
import type { PostDeliveryRow, PostState } from '../../../domain/posts/tables.ts'
import type { MediaRow, TranscriptionRow } from '../../../domain/tables.ts'
import { transcriptOf } from '../../../domain/transcriptions/get.ts'
import type { PublishedPost } from '../../../ports/publisher.ts'

/** @throws DomainError with the code that the transcription failed with */
export function transcription(row: TranscriptionRow): TranscribeReply {
  return {
    transcript: transcriptOf(row).text,
    jobId: row.id,
    creditsDebited: row.credits_debited ?? 0,
    likelyLyrics: row.likely_lyrics === 1,
    ...(row.stand_in === 1 && { standIn: true }),
  }
}

export const media = (row: MediaRow, origin: string): MediaReply => ({
  mediaId: row.id,
  url: `${origin}/v1/media/${row.id}/content`,
  filename: row.filename,
  contentType: row.content_type,
  bytes: row.bytes,
  durationSeconds: row.duration_ms / 1000,
  createdAt: new Date(row.created_at).toISOString(),
})

const STATUS: Record<PostState, PostStatusReply['status']> = {
  pending: 'in-progress',
  published: 'published',
  failed: 'failed',
  cancelled: 'failed',
}

export function postStatus({ post, deliveries }: PostWithDeliveries): PostStatusReply {
  const platforms = deliveries.map(deliveryStatus)
  const wrong = platforms.filter(({ status }) => status === 'failed')
  const said = wrong.map(({ platform, errorMessage }) => `${platform}: ${errorMessage}`).join(' ')
  const publicUrl = platforms.find((each) => each.publicUrl !== undefined)?.publicUrl
  return {
    postSubmissionId: post.id,
    status: STATUS[post.state],
    ...(post.state === 'published' && publicUrl !== undefined && { publicUrl }),
    ...(STATUS[post.state] === 'failed' && { errorMessage: said }),
    platforms,
  }
}

function deliveryStatus(row: PostDeliveryRow): PostStatusReply['platforms'][number] {
  const url = (JSON.parse(row.published) as PublishedPost[])[0]?.url ?? null
  return {
    platform: row.platform,
    accountId: row.post_account_id,
    status: STATUS[row.state],
    ...(url !== null && { publicUrl: url }),
    ...(row.state === 'failed' && { errorMessage: row.last_error ?? 'failed' }),
    ...(row.state === 'cancelled' && { errorMessage: 'cancelled' }),
  }
}
