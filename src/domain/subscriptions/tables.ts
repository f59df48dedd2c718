import type { LeaseColumns } from '../leases/columns.ts'

/** The subscriptions' rows, as Kysely sees them. */
export interface SubscriptionTables {
  subscriptions: SubscriptionRow
  subscription_entries: SubscriptionEntryRow
}

/** Claimed by whoever looks at its list, or begins what waits. */
export interface SubscriptionRow extends LeaseColumns {
  id: string
  account_id: string
  key_id: string | null
  request_id: string | null
  surface: string
  /** As it was given. */
  url: string
  /** By which the same list is recognised again, however its address was written. */
  source: string
  /** As the list says. */
  title: string | null
  name: string | null
  /** JSON of the `Wishes` of all its transcriptions. */
  wishes: string
  every_ms: number
  /** How many entries become one batch. */
  most_at_once: number
  state: 'active' | 'paused'
  /** Looks that failed in a row. */
  failures: number
  /** JSON of `Problem`: why entries wait that were found. */
  blocked: string | null
  /** JSON of `Look`. */
  last_look: string | null
  last_batch_id: string | null
  /** Epoch ms: when the list is looked at again. */
  look_at: number
  /** Epoch ms: when somebody should look after it again; sooner than `look_at` where entries wait. */
  next_at: number
  created_at: number
}

export interface Problem {
  code: string
  message: string
}

/** The last look at the list, and what came of it. */
export interface Look {
  at: number
  found: number
  /** How many of what waited became transcriptions since. */
  begun: number
  error: Problem | null
}

/** What was seen in the list, ever: each entry becomes a transcription once. */
export interface SubscriptionEntryRow {
  subscription_id: string
  /** Digest of what the list calls it. */
  key: string
  /** `known`: it was there before the subscription. `waiting`: found, not begun. `taken`: it is in a batch. */
  state: 'known' | 'waiting' | 'taken'
  /** Where in the list it stood. */
  place: number
  /** Null where it is only known. */
  url: string | null
  title: string | null
  /** As the list says. */
  seconds: number | null
  found_at: number
  /** Epoch ms: not begun before, since there were not enough credits for it. */
  retry_at: number
  retries: number
  batch_id: string | null
  batch_index: number | null
}
