export interface IdempotencyTables {
  idempotency_keys: IdempotencyRow
}

/** One execution: what was asked under a key, and how it ended. */
export interface IdempotencyRow {
  account_id: string
  /** Method and pattern of the path: `POST /v1/ai/transcribe`. */
  route: string
  key: string
  /** SHA-256 of the request's body, hex. */
  fingerprint: string
  /** The work that the execution began; it goes on whoever waits for it. */
  transcription_id: string | null
  /** Who executes, where there is no such work; and until when that is believed without a sign of life. */
  owner: string | null
  lease_until: number | null
  /** The response; null: it is not known yet. */
  status: number | null
  /** JSON of the headers that belong to it. */
  headers: string | null
  body: string | null
  created_at: number
  expires_at: number
}
