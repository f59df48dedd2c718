export interface ArchiveTables {
  deletions: DeletionRow
  retention_rules: RetentionRow
}

/** `deleted`: directly, by somebody; `bin`: its time in the bin was over; `retention`: a retention rule applied. */
export type DeletionReason = 'deleted' | 'bin' | 'retention'

/** The receipt for a transcription that was deleted for good: what it was, without its text. */
export interface DeletionRow {
  transcription_id: string
  account_id: string
  title: string | null
  /** `upload`, `url`, or a platform. */
  source: string
  duration_ms: number | null
  /** When the transcription was requested. */
  created_at: number
  deleted_at: number
  /** The id of the person or the key; null: a retention rule. */
  deleted_by: string | null
  reason: DeletionReason
  /** 1: the recording was to be deleted with it. */
  media_deleted: 0 | 1
}

export interface RetentionRow {
  account_id: string
  /** Null: only the server's rule applies. */
  transcript_days: number | null
  media_days: number | null
  /** 1: members may delete what others started. */
  members_delete: 0 | 1
}
