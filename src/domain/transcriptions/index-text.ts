import type { Tx } from '../tables.ts'
import { distinctWords } from '../transcripts/search-words.ts'

/** Makes a transcript findable by its title and text, in the transaction that stores or changes it. */
export const indexText = (tx: Tx, id: string, title: string | null, text: string): Promise<void> =>
  indexWords(tx, id, distinctWords(title, text))

/** @param words as `distinctWords` gives them */
export async function indexWords(tx: Tx, id: string, words: string): Promise<void> {
  await tx
    .insertInto('transcript_texts')
    .values({ transcription_id: id, words })
    .onConflict((c) => c.column('transcription_id').doUpdateSet({ words }))
    .execute()
}
