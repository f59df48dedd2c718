import type { RunRow } from '../runs/tables.ts'

export interface VideoTables {
  videos: VideoRow
}

/** A recording with its subtitles drawn in. The worker that claims it makes the file. */
export interface VideoRow extends RunRow {
  /** The recording. */
  media_id: string
  /** JSON of `VideoOptions`. */
  options: string
  /** The version of the transcript that it shows. */
  version: number | null
  /** The file; null until it is whole. A trigger notes it as a stray when the row goes or gets another. */
  storage_key: string | null
  bytes: number | null
  sha256: string | null
}
