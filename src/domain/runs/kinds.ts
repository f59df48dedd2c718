import type { Tables } from '../tables.ts'
import type { RunRow } from './tables.ts'

/** Tables whose rows are runs. */
export type RunTable = 'speaker_runs' | 'videos'

export type RunRowOf<T extends RunTable> = Tables[T] & RunRow
