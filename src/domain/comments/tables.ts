export interface CommentTables {
  comments: CommentRow
}

/** A comment on a passage of a transcript, or a reply to one. */
export interface CommentRow {
  id: string
  account_id: string
  transcription_id: string
  /** Of a reply: the comment that it belongs to, and no passage. */
  parent_id: string | null
  /** Of the recording. */
  start_ms: number | null
  end_ms: number | null
  /** The words of the passage, as they were when it was written. */
  quote: string | null
  text: string
  /** A user's or a key's id; null: neither is known. */
  author: string | null
  created_at: number
  edited_at: number | null
  /** Null: it is open. Of replies always null. */
  resolved_at: number | null
  resolved_by: string | null
}
