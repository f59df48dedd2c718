import type { PostPlatform } from '../contract/posts.ts'

export type { PostPlatform }

/** What one post of a platform may be. */
export interface PostLimits {
  /** Letters as people count them (graphemes). */
  graphemes: number
  /** Bytes in UTF-8. */
  bytes?: number
  /** What a link counts as, however short it is. */
  link?: number
}

/** Where to post, and as whom. */
export interface PostTarget {
  platform: PostPlatform
  /** The instance or server, as an origin; of a webhook its whole address. */
  server: string
  /** The platform's own id of the account; a webhook has none. */
  remoteId: string | null
  /** An access token, an app password, or the secret that signs. */
  secret: string
}

export interface Credentials {
  platform: PostPlatform
  server: string
  /** The handle or address to log in with, where the platform asks for one. */
  identifier?: string
  secret: string
}

/** An account as its platform knows it. */
export interface Connected {
  server: string
  handle: string
  remoteId: string | null
  limits: PostLimits
}

/** One post, or a whole thread for a webhook, which is told everything in one request. */
export interface PostToPublish {
  /** The same for every attempt: what a platform tells a repetition by is made of it. */
  deliveryId: string
  postId: string
  /** Its place in the thread. */
  index: number
  thread: readonly string[]
  /** ISO 639-1 */
  language: string | null
  /** Epoch ms, the same for every attempt. */
  createdAt: number
  /** Those of the thread that are published already. */
  before: readonly PublishedPost[]
  /** Since when an attempt may have been published of which nobody knows; null: there was none. */
  maybeSince: number | null
  /** Addresses of pictures that come with the first one of the thread. */
  pictures: readonly string[]
  /** What else a webhook is told. */
  extra: Readonly<Record<string, unknown>>
}

export interface PublishedPost {
  /** Status id of Mastodon, AT URI of Bluesky, delivery id of a webhook. */
  id: string
  cid?: string
  url: string | null
}

/** Its message may be shown to the account's owner; it holds nothing secret. */
export class PublishError extends Error {
  /** Whether a later attempt may succeed. */
  readonly again: boolean
  readonly retryAfterMs: number | undefined
  /** Whether the post may be out in spite of it. */
  readonly unknown: boolean
  constructor(
    message: string,
    {
      again,
      retryAfterMs,
      unknown = false,
      ...options
    }: ErrorOptions & { again: boolean; retryAfterMs?: number | undefined; unknown?: boolean },
  ) {
    super(message, options)
    this.name = 'PublishError'
    this.again = again
    this.retryAfterMs = retryAfterMs
    this.unknown = unknown
  }
}

/** Posts to accounts on other people's servers. */
export interface Publisher {
  /** Asks the platform whose the credentials are. @throws PublishError */
  connect(credentials: Credentials, signal: AbortSignal): Promise<Connected>
  /** Asks whether the credentials still work; a webhook is sent a test. @throws PublishError */
  check(target: PostTarget, signal: AbortSignal): Promise<Connected>
  /** Publishes one, or finds what an earlier attempt has published already. @throws PublishError */
  publish(target: PostTarget, post: PostToPublish, signal: AbortSignal): Promise<PublishedPost>
}
