/** The rows of people and of what they do on the dashboard. */
export interface PeopleTables {
  users: UserRow
  sessions: SessionRow
  invitations: InvitationRow
  login_failures: LoginFailureRow
  transcript_edits: TranscriptEditRow
  transcript_changes: TranscriptChangeRow
  shares: ShareRow
}

/** An `owner` looks after the account: people, keys, webhooks, money. A `member` transcribes and reads. */
export type Role = 'owner' | 'member'

export interface UserRow {
  id: string
  account_id: string
  /** Lower case, unique in the installation. */
  email: string
  /** 1: a proxy's login, or an operator, answers for it; 0: the person typed it. */
  email_proved: number
  name: string
  /** `rules.ts` says how; null: this person comes in through the proxy's login only. */
  password_hash: string | null
  role: Role
  /** 1: may see and look after the whole installation. */
  operator: number
  created_at: number
  last_login_at: number | null
}

export interface SessionRow {
  id: string
  user_id: string
  /** SHA-256 of the cookie's token. The token itself is not kept. */
  hash: string
  /** The token before the last rotation: good for a moment more, for requests that were under way. */
  previous_hash: string | null
  rotated_at: number
  created_at: number
  last_seen_at: number
  expires_at: number
  user_agent: string
  address: string
}

export interface InvitationRow {
  id: string
  account_id: string
  /** Null: whoever has the link. */
  email: string | null
  role: Role
  operator: number
  hash: string
  invited_by: string | null
  created_at: number
  expires_at: number
  used_at: number | null
}

export interface LoginFailureRow {
  key: string
  failures: number
  last_at: number
}

/** The edited transcript beside the original, which stays in `transcriptions`. */
export interface TranscriptEditRow {
  transcription_id: string
  account_id: string
  /** Counts up with each save, so that two people cannot overwrite each other unawares. */
  version: number
  /** JSON of `Transcript`. */
  transcript: string
  edited_by: string | null
  edited_at: number
  /** Of all `transcript_changes` behind it. */
  history_bytes: number
}

/** What became of a version: who changed which segments. */
export interface TranscriptChangeRow {
  transcription_id: string
  /** The one that it led to. */
  version: number
  /** The client's own name for it: sent twice, it is done once. */
  change_id: string | null
  /** A user's or a key's id. */
  changed_by: string | null
  changed_at: number
  /** JSON of `Change[]`. */
  changes: string
}

export interface ShareRow {
  id: string
  account_id: string
  transcription_id: string
  hash: string
  created_by: string | null
  created_at: number
  last_opened_at: number | null
  revoked_at: number | null
  expires_at: number | null
}
