/** Wire schemas of what is posted elsewhere: `/v1/post-accounts`, `/v1/drafts`, `/v1/posts`. Times: ISO 8601. */
import { z } from 'zod'
import { LONGEST_SECONDS } from './native.ts'

/** Where Earshot can post by itself. */
export const POST_PLATFORMS = ['mastodon', 'bluesky', 'webhook'] as const
export type PostPlatform = (typeof POST_PLATFORMS)[number]
export const POST_STATES = ['pending', 'published', 'failed', 'cancelled'] as const

const address = z.string().trim().min(1).max(2000)
const secret = z.string().trim().min(1).max(1000)
const accountIds = z.array(z.string().min(1).max(100)).min(1).max(20)
const thread = z.array(z.string().trim().min(1).max(60_000)).min(1).max(100)

/** `POST /v1/post-accounts` */
export const connectPostAccountBody = z.discriminatedUnion('platform', [
  z.strictObject({
    platform: z.literal('mastodon'),
    /** `https://mastodon.social` */
    server: address,
    /** With the scopes `read:accounts`, `read:statuses`, `write:statuses`, and `write:media` for pictures. */
    accessToken: secret,
  }),
  z.strictObject({
    platform: z.literal('bluesky'),
    /** `https://bsky.social`, or a PDS of your own. */
    server: address,
    /** The handle, or the address that the account logs in with. */
    identifier: z.string().trim().min(1).max(300),
    /** Made under Settings, App passwords. */
    appPassword: secret,
  }),
  z.strictObject({ platform: z.literal('webhook'), url: address }),
])
export type ConnectPostAccountBody = z.input<typeof connectPostAccountBody>

export const postAccountReply = z.object({
  id: z.string(),
  platform: z.enum(POST_PLATFORMS),
  server: z.string(),
  handle: z.string(),
  /** How long one post may be. */
  characterLimit: z.number(),
  createdAt: z.string(),
})
export type PostAccountReply = z.infer<typeof postAccountReply>

export const connectPostAccountReply = postAccountReply.extend({
  /** What a webhook's posts are signed with: shown this once. */
  secret: z.string().nullable(),
})
export type ConnectPostAccountReply = z.infer<typeof connectPostAccountReply>

export const listPostAccountsReply = z.object({ items: z.array(postAccountReply) })
export type ListPostAccountsReply = z.infer<typeof listPostAccountsReply>

/** `POST /v1/transcriptions/{id}/drafts` */
export const draftTranscriptBody = z.strictObject({
  accountIds,
  /** Seconds: only what is said in that part. */
  from: z.number().min(0).max(LONGEST_SECONDS).optional(),
  to: z.number().positive().max(LONGEST_SECONDS).optional(),
})

/** `POST /v1/drafts`. Either a text, which is cut to what all accounts take, or a thread as it shall be. */
export const createDraftBody = z
  .strictObject({
    accountIds,
    text: z.string().trim().min(1).max(60_000).optional(),
    thread: thread.optional(),
  })
  .refine((body) => (body.text === undefined) !== (body.thread === undefined), {
    message: 'Give either text or thread.',
    path: ['text'],
  })

/** `PATCH /v1/drafts/{id}` */
export const changeDraftBody = z.strictObject({
  accountIds: accountIds.optional(),
  thread: thread.optional(),
})

export const draftReply = z.object({
  id: z.string(),
  transcriptionId: z.string().nullable(),
  accountIds: z.array(z.string()),
  thread: z.array(z.string()),
  /** How long each of them is, as the platforms count, and how long one may be for all of the accounts. */
  lengths: z.array(z.number()),
  characterLimit: z.number().nullable(),
  /** The same for each of the accounts: a link counts differently from platform to platform. */
  accounts: z.array(
    z.object({ accountId: z.string(), characterLimit: z.number(), lengths: z.array(z.number()) }),
  ),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type DraftReply = z.infer<typeof draftReply>

export const listDraftsReply = z.object({ items: z.array(draftReply) })
export type ListDraftsReply = z.infer<typeof listDraftsReply>

/** `POST /v1/drafts/{id}/publish` */
export const publishDraftBody = z.strictObject({
  /** Omitted: now. At least a minute ahead. */
  scheduledTime: z.iso.datetime({ offset: true }).optional(),
})

export const postReply = z.object({
  id: z.string(),
  transcriptionId: z.string().nullable(),
  text: z.string(),
  state: z.enum(POST_STATES),
  scheduledTime: z.string(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  platforms: z.array(
    z.object({
      platform: z.enum(POST_PLATFORMS),
      accountId: z.string(),
      handle: z.string(),
      state: z.enum(POST_STATES),
      /** Posts of its thread, and how many of them are out. */
      posts: z.number(),
      published: z.number(),
      publicUrl: z.string().nullable(),
      attempts: z.number(),
      nextAttemptAt: z.string().nullable(),
      error: z.string().nullable(),
    }),
  ),
})
export type PostReply = z.infer<typeof postReply>

/** `GET /v1/posts` */
export const listPostsQuery = z.strictObject({
  state: z.enum(POST_STATES).optional(),
  /** By the time that they are for: from this one on, and before that one. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
})

export const listPostsReply = z.object({ items: z.array(postReply), nextCursor: z.string().nullable() })
export type ListPostsReply = z.infer<typeof listPostsReply>

/** `GET /v1/posts/{id}/attempts` */
export const listAttemptsReply = z.object({
  items: z.array(
    z.object({
      platform: z.enum(POST_PLATFORMS),
      handle: z.string(),
      /** Which post of the thread, from 0. */
      index: z.number(),
      /** `unknown`: it is under way, or broke off; the next attempt looks whether it was published. */
      outcome: z.enum(['published', 'failed', 'unknown']),
      error: z.string().nullable(),
      beganAt: z.string(),
      endedAt: z.string().nullable(),
    }),
  ),
})
export type ListAttemptsReply = z.infer<typeof listAttemptsReply>
