import type { LeaseColumns } from '../leases/columns.ts'

export interface SpeakerRunTables {
  speaker_runs: SpeakerRunRow
}

export type SpeakerRunState = 'queued' | 'running' | 'succeeded' | 'failed'

/** Of a transcription the latest one. Claimed by the worker that listens. */
export interface SpeakerRunRow extends LeaseColumns {
  id: string
  transcription_id: string
  account_id: string
  /** The id of the person or the key. */
  asked_by: string | null
  /** How many there are at most; null: as many as sound unlike each other. */
  speakers: number | null
  state: SpeakerRunState
  /** How much has been listened to, 0 to 100. */
  pct: number
  /** How many speak. */
  found: number | null
  /** The version of the transcript that has the new labels; null: nothing changed. */
  version: number | null
  error_code: string | null
  error_message: string | null
  /** Times that it was begun and its process died. */
  attempts: number
  next_at: number
  created_at: number
  finished_at: number | null
}
