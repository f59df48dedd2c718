import type { LeaseColumns } from '../leases/columns.ts'

export type RunState = 'queued' | 'running' | 'succeeded' | 'failed'

/**
 * Work on a transcript that is there already: of each transcription the latest run of its kind. Claimed by the worker
 * that does it.
 */
export interface RunRow extends LeaseColumns {
  id: string
  transcription_id: string
  account_id: string
  /** The id of the person or the key. */
  asked_by: string | null
  state: RunState
  /** How much is done, 0 to 100. */
  pct: number
  error_code: string | null
  error_message: string | null
  /** Times that it was begun and its process died. */
  attempts: number
  next_at: number
  created_at: number
  finished_at: number | null
}
