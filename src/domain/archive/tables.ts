export interface ArchiveTables {
  deletions: DeletionRow
  retention_rules: RetentionRow
}

/** `deleted`: at once, by somebody; `bin`: its time in the bin was over; `retention`: a rule's days were. */
export type DeletionReason = 'deleted' | 'bin' | 'retention'

/** What is left of a transcription that is gone for good: what it was, without its text. */
export interface DeletionRow {
  transcription_id: string
  account_id: string
  title: string | null
  /** `upload`, `url`, or a platform. */
  source: string
  duration_ms: number | null
  /** When the transcription was asked for. */
  created_at: number
  deleted_at: number
  /** The id of the person or the key; null: a rule. */
  deleted_by: string | null
  reason: DeletionReason
  /** 1: the recording went with it. */
  media_deleted: 0 | 1
}

export interface RetentionRow {
  account_id: string
  /** Null: the server's own rule. */
  transcript_days: number | null
  media_days: number | null
  /** 1: members may delete what others began. */
  members_delete: 0 | 1
}
