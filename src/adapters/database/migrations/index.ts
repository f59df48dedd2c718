import type { Migration } from 'kysely'
import * as start from './0001-start.ts'

/** Numbered, forward only, one set for both databases. Never change one that was released. */
export const migrations: Record<string, Migration> = {
  '0001-start': start,
}
