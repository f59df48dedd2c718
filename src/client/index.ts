/** The package's `earshot/client`: for browsers, Node, Deno and workers, without any dependency. */
export type {
  SegmentReply as Segment,
  TranscriptionReply as Transcription,
  TranscriptionSummary,
  TranscriptReply as Transcript,
  WebhookEvent,
} from '../contract/native.ts'
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
export type { ClientOptions, RequestOptions } from './http.ts'
export type { UploadOptions, UploadProgress } from './upload.ts'
export { type VerifyOptions, verifyWebhook } from './webhooks.ts'
