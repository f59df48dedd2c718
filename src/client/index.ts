/** The package's `earshot/client`: for browsers, Node, Deno and workers, without any dependency. */
export type {
  BatchItem,
  BatchReply as Batch,
  PreviewBatchReply as BatchPreview,
} from '../contract/batches.ts'
export type { Comment, CommentReply } from '../contract/comments.ts'
export type {
  SegmentReply as Segment,
  TranscriptionReply as Transcription,
  TranscriptionSummary,
  TranscriptReply as Transcript,
} from '../contract/native.ts'
export type {
  DraftReply as Draft,
  PostAccountReply as PostAccount,
  PostReply as Post,
} from '../contract/posts.ts'
export type { SubscriptionEntry, SubscriptionReply as Subscription } from '../contract/subscriptions.ts'
export type { Video } from '../contract/videos.ts'
export type { WebhookEvent } from '../contract/webhooks.ts'
export type { Batches } from './batches.ts'
export type { Comments } from './comments.ts'
export * from './earshot.ts'
export {
  ApiError,
  type Code,
  ConnectionError,
  EarshotError,
  TranscriptionError,
  WebhookError,
} from './errors.ts'
export type { EventOptions, TranscriptionEvent } from './events.ts'
export type { ClientOptions, CreateOptions, RequestOptions } from './http.ts'
export type { DraftOptions, Posts } from './posts.ts'
export type { Subscriptions } from './subscriptions.ts'
export type { UploadOptions, UploadProgress } from './upload.ts'
export type { Videos } from './videos.ts'
export { type VerifyOptions, verifyWebhook } from './webhooks.ts'
