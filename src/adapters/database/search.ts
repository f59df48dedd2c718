import { sql } from 'kysely'
import type { TranscriptSearch } from '../../ports/transcript-search.ts'

/** FTS5. Words are letters and digits only, so quotes are all the quoting they need. */
export const sqliteSearch: TranscriptSearch = {
  contains(words) {
    const query = `${words.map((word) => `"${word}"`).join(' ')}*`
    return sql<boolean>`t.id in (
      select x.transcription_id from transcript_index i join transcript_texts x on x.n = i.rowid
      where transcript_index match ${query})`
  },
}

export const postgresSearch: TranscriptSearch = {
  contains(words) {
    const query = `${words.map((word) => `'${word}'`).join(' & ')}:*`
    return sql<boolean>`t.id in (
      select x.transcription_id from transcript_texts x where x.document @@ ${query}::tsquery)`
  },
}
