import type { BatchItemState, BatchState } from '../../contract/batches.ts'
import type { LeaseColumns } from '../leases/columns.ts'

/** The batches' rows, as Kysely sees them. */
export interface BatchTables {
  batches: BatchRow
  batch_items: BatchItemRow
}

/** Claimed by whoever begins its items, or cancels them. */
export interface BatchRow extends LeaseColumns {
  id: string
  account_id: string
  key_id: string | null
  request_id: string | null
  trace_id: string | null
  /** W3C `traceparent` of the span that the work on its items is part of. */
  traceparent?: string | null
  surface: string
  name: string | null
  /** The subscription that found its items. */
  subscription_id: string | null
  /** The playlist, channel or feed whose items these are. */
  source_url: string | null
  source_title: string | null
  /** JSON of the `Wishes` of all items that have none of their own. */
  wishes: string
  total: number
  /** `accepting`: its items are being written, and nobody sees it yet. */
  state: 'accepting' | BatchState
  /** JSON of `Tally`, once it has ended. */
  tally: string | null
  /** Epoch ms: when somebody should look after it again. */
  next_at: number
  created_at: number
  finished_at: number | null
}

export interface BatchItemRow {
  batch_id: string
  idx: number
  /** What the client calls it. */
  custom_id: string | null
  url: string | null
  media_id: string | null
  title: string | null
  /** JSON of `Wishes`; null: the batch's. */
  wishes: string | null
  /** `waiting`: not begun. `begun`: its transcription says how it is. */
  state: 'waiting' | 'begun' | 'succeeded' | 'failed' | 'cancelled'
  transcription_id: string | null
  credits: number | null
  error_code: string | null
  error_message: string | null
}

export interface Tally {
  counts: Record<BatchItemState, number>
  credits: number
  /** 0 to 100. */
  pct: number
}
