import type { LeaseColumns } from '../leases/columns.ts'

export interface IdempotencyTables {
  idempotency_keys: IdempotencyRow
}

/** One execution: what was asked under a key, and how it ended. Claimed while it runs, where it begins no such work. */
export interface IdempotencyRow extends LeaseColumns {
  account_id: string
  /** Method and pattern of the path: `POST /v1/ai/transcribe`. */
  route: string
  key: string
  /** SHA-256 of the request's body, hex. */
  fingerprint: string
  /** The work that the execution began; it goes on whoever waits for it. */
  transcription_id: string | null
  /** What else the execution made. Without a response, its process died in between, and the next one answers with it. */
  made_id: string | null
  /** The response; null: it is not known yet. */
  status: number | null
  /** JSON of the headers that belong to it. */
  headers: string | null
  body: string | null
  created_at: number
  expires_at: number
}
