/**
 * The rows, as Kysely sees them. One set for SQLite and PostgreSQL: times are epoch milliseconds, flags
 * are 0 or 1, and structures are JSON text.
 */
import type { Generated, Kysely, Transaction } from 'kysely'
import type { ArchiveTables } from './archive/tables.ts'
import type { BatchTables } from './batches/tables.ts'
import type { CommentTables } from './comments/tables.ts'
import type { IdempotencyTables } from './idempotency/tables.ts'
import type { LeaseColumns } from './leases/columns.ts'
import type { OpenPartRow } from './parts/table.ts'
import type { PlanTables } from './plans/tables.ts'
import type { PostTables } from './posts/tables.ts'
import type { RunnerRow } from './runners/table.ts'
import type { SpeakerRunTables } from './speaker-runs/tables.ts'
import type { SubscriptionTables } from './subscriptions/tables.ts'
import type { UploadTables } from './uploads/tables.ts'
import type { PeopleTables } from './users/tables.ts'
import type { VideoTables } from './videos/tables.ts'
import type { VocabularyRow } from './vocabulary/table.ts'
import type { WebhookTables } from './webhooks/tables.ts'
import type { WorkerRole } from './workers/roles.ts'

export interface Tables
  extends PeopleTables,
    ArchiveTables,
    CommentTables,
    WebhookTables,
    IdempotencyTables,
    PlanTables,
    PostTables,
    SpeakerRunTables,
    VideoTables,
    UploadTables,
    BatchTables,
    SubscriptionTables {
  accounts: AccountRow
  api_keys: ApiKeyRow
  credit_balances: CreditBalanceRow
  credit_holds: CreditHoldRow
  credit_transfers: CreditTransferRow
  credit_entries: CreditEntryRow
  media: MediaRow
  stray_files: StrayFileRow
  transcriptions: TranscriptionRow
  queues: QueueRow
  parts: PartRow
  open_parts: OpenPartRow
  runners: RunnerRow
  transcript_texts: TranscriptTextRow
  transcription_events: TranscriptionEventRow
  waveforms: WaveformRow
  links: LinkRow
  workers: WorkerRow
  vocabularies: VocabularyRow
}

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

export const SUBSCRIPTION_STATUSES = ['trialing', 'active', 'canceled', 'past_due', 'unpaid'] as const
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number]

export interface AccountRow {
  id: string
  name: string
  plan: string
  subscription_status: SubscriptionStatus | null
  current_period_end: number | null
  /** Whose bills these are at the payment provider. */
  payment_customer: string | null
  payment_subscription: string | null
  /** When the provider last spoke of the subscription. */
  payment_event_at: number | null
  /** When the plan's credits are given next, where no payment provider says so. */
  next_grant_at: number | null
  created_at: number
}

export interface ApiKeyRow {
  id: string
  account_id: string
  name: string
  /** SHA-256 of the key, hex. The key itself is not kept. */
  hash: string
  preview: string
  scopes: string
  created_at: number
  last_used_at: number | null
  expires_at: number | null
  revoked_at: number | null
}

/** Derived from the entries, and checked against them by the auditor. */
export interface CreditBalanceRow {
  account_id: string
  posted: number
  pending: number
}

export type HoldState = 'pending' | 'posted' | 'voided' | 'expired'

export interface CreditHoldRow {
  id: string
  account_id: string
  transcription_id: string | null
  amount: number
  state: HoldState
  posted_amount: number | null
  created_at: number
  expires_at: number
  ended_at: number | null
}

export type TransferKind = 'grant' | 'hold' | 'post' | 'void' | 'expire' | 'reversal'

export interface CreditTransferRow {
  id: string
  account_id: string
  kind: TransferKind
  amount: number
  hold_id: string | null
  transcription_id: string | null
  /** Unique where set: what makes a grant or a hold's end happen once. */
  reference: string | null
  note: string | null
  created_at: number
}

export interface CreditEntryRow {
  id: Generated<number>
  transfer_id: string
  /** `issued`, `revenue`, or `<accountId>:available`, `<accountId>:held`. */
  ledger: string
  amount: number
}

export interface MediaRow {
  id: string
  account_id: string
  storage_key: string
  filename: string
  content_type: string
  bytes: number
  sha256: string
  duration_ms: number
  has_video: number
  created_at: number
  /** When these bytes came last: from then on they are kept for as long as the operator says. */
  kept_since: number
}

/** See `media/strays.ts`. */
export interface StrayFileRow {
  storage_key: string
  since: number
}

export type TranscriptionState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'
export type Stage = 'downloading' | 'transcribing'

/**
 * `speech`: recognised. `captions`: the platform's human captions, or an error. `auto`: those where they
 * are there, else recognised. `automatic`: as `captions`, and the platform's automatic ones will do.
 */
export type Mode = 'auto' | 'captions' | 'automatic' | 'speech'

export type Task = 'transcribe' | 'translate'

/** See `transcriptions/timeline.ts`. */
export interface TranscriptionEventRow {
  n: Generated<number>
  transcription_id: string
  at: number
  what: string
  /** JSON of `Detail`. */
  detail: string
}

export interface TranscriptionRow extends LeaseColumns {
  id: string
  account_id: string
  key_id: string | null
  /** Of the request that asked for it, and of the trace that the request was part of: they stand in every log line. */
  request_id?: string | null
  trace_id?: string | null
  /** W3C `traceparent` of the span that its work is part of. */
  traceparent?: string | null
  surface: string
  /** The batch that it belongs to, and which of its items it is. */
  batch_id: string | null
  batch_index: number | null
  media_id: string | null
  link_platform: string | null
  link_id: string | null
  link_url: string | null
  title: string | null
  /** What the platform calls it; `title` may be the account's own. */
  source_title: string | null
  language: string | null
  model: string | null
  state: TranscriptionState
  stage: Stage | null
  /** 0 to 100 over all stages; never falls. */
  pct: number
  hold_id: string
  /** JSON of `PricePolicy`, frozen when the work was accepted. */
  price: string
  credits_debited: number | null
  error_code: string | null
  error_message: string | null
  model_used: string | null
  stand_in: number | null
  duration_ms: number | null
  detected_language: string | null
  /** How much of the speech was heard in it, 0 to 1; null: it was given, or nothing was detected. */
  language_confidence: number | null
  likely_lyrics: number | null
  /** How the text is made of a link: see `Mode`. */
  mode: Mode
  /** `translate`: into English. */
  task: Task
  /** Words and names to expect, for engines that take such a hint. */
  prompt: string | null
  /** 1: speakers are told apart. */
  diarize: 0 | 1
  /** JSON of the `Wishes` that have no column here; null: none. */
  wishes: string | null
  /** The captions that became the transcript; null: it was recognised. */
  captions_kind: 'human' | 'automatic' | null
  /** What makes two requests for a link the same; null for media files. */
  reuse_key: string | null
  /** The unfinished transcription of the same link whose result this one waits for. */
  leader_id: string | null
  /** 1: answered from what was stored, or by its leader. */
  reused: number
  /** JSON of `Transcript`, when succeeded. */
  transcript: string | null
  /** JSON of `SoundReport`: the file's tracks, and what could not be read; null: it was not decoded. */
  sound: string | null
  /** SHA-256 of the media that the parts were cut from: parts of other bytes are worth nothing. */
  source_sha256: string | null
  attempts: number
  /** 1: its sound has to be downloaded first. */
  needs_download: 0 | 1
  /** Of what its account has waiting, the earliest goes first: its arrival, and some patience. See `patience`. */
  due_at: number
  /** When it was claimed last. */
  claimed_at: number | null
  /** When the engine was first given a part of it; a run that comes after another writes it anew. */
  heard_at?: number | null
  deadline_at: number | null
  created_at: number
  started_at: number | null
  finished_at: number | null
  /** The person at the page who asked for it; null: a program did. */
  created_by: string | null
  /** JSON of `string[]`, in the order in which they were given. */
  tags: string
  /** When it was put into the bin, and by whom; null: it is not in the bin. */
  binned_at: number | null
  binned_by: string | null
  /** 1: its recording is deleted too when the bin is emptied. */
  binned_media: 0 | 1
}

/** What of an account waits and runs; kept by triggers, and there only while anything does. */
export interface QueueRow {
  account_id: string
  needs_download: 0 | 1
  waiting: number
  running: number
  /** Since when it waits for its turn, and the patience of what it has next. */
  turn_at: number
}

/** See `transcriptions/waveform.ts`. */
export interface WaveformRow {
  transcription_id: string
  data: Uint8Array
}

/** The words by which a transcription is found; see `transcripts/search-words.ts`. */
export interface TranscriptTextRow {
  n: Generated<number>
  transcription_id: string
  words: string
}

/** One a link and way of making its text: writing it makes requests for the same link come one by one. */
export interface LinkRow {
  reuse_key: string
  asked_at: number
}

export interface PartRow {
  transcription_id: string
  idx: number
  /** Samples at 16 kHz: what the engine heard, and what of it this part owns. */
  start: number
  end: number
  from: number
  to: number
  /** JSON of `Recognition`. */
  result: string
  /** Who heard it, where it was not the one that decoded it. */
  heard_by: string | null
  created_at: number
}

/** A process that does the work; see `workers/beat.ts`. */
export interface WorkerRow {
  id: string
  host: string
  role: WorkerRole
  /** JSON of `EngineDescription[]`, the default model first; empty for a worker that only fetches. */
  engine: string
  /** 1: requests that name no model are transcribed with the first of them. */
  hears_unnamed: 0 | 1
  /** 1: it can tell speakers apart. */
  diarizes: 0 | 1
  /** 1: its ffmpeg can draw subtitles into videos. */
  makes_videos: 0 | 1
  /** JSON of `Script[]`: those for which its machine has no font. */
  lacks_scripts: string
  /** JSON of `SlotState[]`. */
  slots: string
  running: number
  /** Parts of others that it can hear now. */
  spare: number
  /** The media store that it reads; see `MediaStore.id`. */
  store: string | null
  fault: string | null
  started_at: number
  seen_at: number
}
