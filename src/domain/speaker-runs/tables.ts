import type { RunRow } from '../runs/tables.ts'

export interface SpeakerRunTables {
  speaker_runs: SpeakerRunRow
}

export interface SpeakerRunRow extends RunRow {
  /** How many there are at most; null: as many as sound unlike each other. */
  speakers: number | null
  /** How many speak. */
  found: number | null
  /** The version of the transcript that has the new labels; null: nothing changed. */
  version: number | null
}
