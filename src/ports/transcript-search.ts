import type { RawBuilder } from 'kysely'

/** Full-text search as the database at hand does it. */
export interface TranscriptSearch {
  /**
   * A condition on the transcriptions `t` of a query: all words occur in the transcript or the title, the
   * last one at least as a beginning. @param words at least one, folded as `searchWords` folds them
   */
  contains(words: readonly string[]): RawBuilder<boolean>
}
