import type { LeaseColumns } from '../leases/columns.ts'

/** The rows of resumable uploads, as Kysely sees them. */
export interface UploadTables {
  uploads: UploadRow
  upload_pieces: UploadPieceRow
}

/** Claimed while a process makes a file of it. */
export interface UploadRow extends LeaseColumns {
  id: string
  account_id: string
  filename: string
  /** What the client said of the file, as JSON; it gets the same back. */
  metadata: string
  /** As announced. */
  bytes: number
  /** Stored so far, from the beginning. */
  received: number
  /** The file of the library that it became. */
  media_id: string | null
  /** Why it became none. */
  error_code: string | null
  error_message: string | null
  created_at: number
  expires_at: number
}

/** Noted before it is stored, so that nothing is ever stored that nobody knows of. */
export interface UploadPieceRow {
  storage_key: string
  upload_id: string
  start: number
  /** 0: it did not get to its end, and is not part of the file. */
  bytes: number
}
