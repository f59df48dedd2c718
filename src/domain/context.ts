import { KEY_SCOPES } from '../contract/account.ts'
import type { Clock } from '../ports/clock.ts'
import type { MediaStore } from '../ports/media-store.ts'
import type { Signals } from '../ports/signals.ts'
import type { Tracer } from '../ports/tracer.ts'
import type { PricePolicy } from './credits/prices.ts'
import type { Once } from './idempotency/once.ts'
import type { Rates, Tier } from './limits/rates.ts'
import type { Catalogue } from './plans/catalogue.ts'
import type { Db } from './tables.ts'
import type { Role } from './users/tables.ts'

/** What every verb may use. Made once in main/compose.ts. */
export interface Deps {
  db: Db
  /** Whether an error only says that the database was out of reach for a moment. */
  databaseAway(error: unknown): boolean
  clock: Clock
  signals: Signals
  media: MediaStore
  policy: Policy
  /** Aborted when this process begins to stop: who waits for the end of a transcription is told so. */
  stopping?: AbortSignal
  /** Undefined: nothing is traced. */
  tracer?: Tracer | undefined
}

/** The operator's decisions that verbs need. */
export interface Policy {
  prices: { soscripted: PricePolicy; soku: PricePolicy }
  /** How long a hold may stay open before it is returned by itself. */
  holdMs: number
  /** The longest that a blocking request may take. */
  requestTimeoutMs: number
  /** Largest upload, bytes. */
  maxUploadBytes: number
  /** How long an unfinished upload is kept after its last byte. */
  uploadMs: number
  /** How long files of the media library are kept; 0: for ever. */
  mediaRetentionMs: number
  /** How long transcripts are kept after their end; 0: for ever. */
  transcriptRetentionMs: number
  /** How long a transcription in the bin can be restored. */
  binMs: number
  /** What the files of one account may take together, bytes; 0: as much as there is. */
  maxAccountBytes: number
  /** Longest recording, seconds. */
  maxMediaSeconds: number
  /** Names that stand for models, beside the usual ones. */
  modelNames: Readonly<Record<string, string>>
  /** How long a link's transcript answers the same request again; 0: never. */
  reuseMs: number
  /** What such an answer costs: the usual price, or nothing. */
  reusePrice: 'full' | 'free'
  /** What a link's mode is where the request names none. */
  defaultMode: 'auto' | 'speech'
  /** How often a transcription may be begun again after its process died. */
  maxAttempts: number
  /** How many transcriptions may wait: in all, and of one account. */
  queue: { max: number; perAccount: number }
  /** How many of one account may run at the same time, on all machines; 0: any number. */
  accountJobs: number
  /** How long an idempotency key stands for what was first asked under it. */
  idempotencyMs: number
  /** How many requests may come in a minute; undefined: any number. */
  rates: Rates | undefined
  /** What accounts can have: plans, and packs of credits. */
  catalogue: Catalogue
}

/** Who asks. */
export interface Ctx {
  accountId: string
  keyId: string | null
  /** The person at the page; a key has none. */
  userId?: string
  /** That person's. */
  role?: Role
  scopes: readonly Scope[]
  requestId: string
  /** W3C's trace id, where the client sent a `traceparent`. */
  traceId?: string
  /** The whole of it; where requests are traced, that of the request's own span. */
  traceparent?: string
  /** How many requests it may send; see limits/rates.ts. */
  tier?: Tier
  /** Set where the request must be executed once only, however often it is sent. */
  once?: Once
}

export const SCOPES = KEY_SCOPES
export type Scope = (typeof SCOPES)[number]
