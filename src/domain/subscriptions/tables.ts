import type { LeaseColumns } from '../leases/columns.ts'

/** The subscriptions' rows, as Kysely sees them. */
export interface SubscriptionTables {
  subscriptions: SubscriptionRow
  subscription_entries: SubscriptionEntryRow
}

/** Claimed by the worker that reads its list or starts its waiting entries. */
export interface SubscriptionRow extends LeaseColumns {
  id: string
  account_id: string
  key_id: string | null
  request_id: string | null
  surface: string
  /** As it was given. */
  url: string
  /** See `sourceOf`: one subscription for each list. */
  source: string
  /** As the list says. */
  title: string | null
  name: string | null
  /** JSON of the `Wishes` of all its transcriptions. */
  wishes: string
  every_ms: number
  /** How many entries start after each look. */
  most_at_once: number
  state: 'active' | 'paused'
  /** Looks that failed in a row. */
  failures: number
  /** JSON of `Problem`: why entries wait. */
  blocked: string | null
  /** JSON of `Look`. */
  last_look: string | null
  last_batch_id: string | null
  /** Epoch ms: when the list is read again. */
  look_at: number
  /** Epoch ms: when the subscription is due again; earlier than `look_at` if entries wait. */
  next_at: number
  created_at: number
}

export interface Problem {
  code: string
  message: string
}

/** The last look at the list, and its result. */
export interface Look {
  at: number
  found: number
  /** How many entries have started since. */
  begun: number
  error: Problem | null
}

/** An entry that was seen in the list: each is transcribed once. */
export interface SubscriptionEntryRow {
  subscription_id: string
  /** Digest of its id in the list. */
  key: string
  /** `known`: not to be transcribed. `waiting`: found, not started. `taken`: part of a batch. */
  state: 'known' | 'waiting' | 'taken'
  /** Its position in the list. */
  place: number
  /** Null if it is only known. */
  url: string | null
  title: string | null
  /** As the list says. */
  seconds: number | null
  found_at: number
  /** Epoch ms: not started before this time, after it failed for lack of credits. */
  retry_at: number
  retries: number
  batch_id: string | null
  batch_index: number | null
}
