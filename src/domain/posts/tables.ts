import type { Generated } from 'kysely'
import type { PostPlatform } from '../../ports/publisher.ts'
import type { LeaseColumns } from '../leases/columns.ts'

/** The rows of what is posted elsewhere, as Kysely sees them. */
export interface PostTables {
  post_accounts: PostAccountRow
  post_drafts: PostDraftRow
  posts: PostRow
  post_deliveries: PostDeliveryRow
  post_attempts: PostAttemptRow
}

/** An account on another platform to which an account of ours posts. */
export interface PostAccountRow {
  id: string
  account_id: string
  platform: PostPlatform
  server: string
  handle: string
  remote_id: string | null
  /** Sealed: see `ports/secret-box.ts`. */
  secret: string
  /** JSON of `PostLimits`. */
  limits: string
  created_at: number
}

export interface PostDraftRow {
  id: string
  account_id: string
  transcription_id: string | null
  /** JSON of `string[]`. */
  thread: string
  /** JSON of `string[]`: ids of `post_accounts`. */
  post_account_ids: string
  language: string | null
  created_at: number
  updated_at: number
}

export type PostState = 'pending' | 'published' | 'failed' | 'cancelled'

export interface PostRow {
  id: string
  account_id: string
  key_id: string | null
  transcription_id: string | null
  text: string
  language: string | null
  /** JSON of what webhooks are told beside the text. */
  extra: string
  state: PostState
  scheduled_at: number
  created_at: number
  ended_at: number | null
}

/** A post for one account. Claimed while an attempt is under way. */
export interface PostDeliveryRow extends LeaseColumns {
  id: string
  post_id: string
  /** In the order in which the request named them. */
  place: number
  post_account_id: string
  platform: PostPlatform
  handle: string
  /** JSON of `string[]`: the text as this account's platform takes it. */
  thread: string
  /** JSON of `PublishedPost[]`: as much of the thread as is out. */
  published: string
  state: PostState
  attempts: number
  /** Epoch ms of the next attempt. Null: ended. */
  next_at: number | null
  last_error: string | null
  created_at: number
  ended_at: number | null
}

/** Written before anything is sent: an attempt whose end is unknown may have been published. */
export interface PostAttemptRow {
  n: Generated<number>
  delivery_id: string
  /** Which post of the thread. */
  idx: number
  begun_at: number
  ended_at: number | null
  /** Null with an end: it was published. */
  error: string | null
}
