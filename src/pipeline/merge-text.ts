import { UNSPACED } from '../domain/transcripts/join-text.ts'
import { endBegins } from '../domain/transcripts/text-ends.ts'

const PIECES = new RegExp(`[${UNSPACED}]\\p{M}*[^\\p{L}\\p{N}\\s]*|[^\\s${UNSPACED}]+`, 'gu')

/** Text as the pieces that seams are compared by: words, or characters where words are not spaced. */
export function pieces(text: string): { text: string; spaced: boolean }[] {
  const found: { text: string; spaced: boolean }[] = []
  for (const match of text.matchAll(PIECES)) {
    const spaced = match.index > 0 && /\s/.test(text[match.index - 1]!)
    const last = found.at(-1)
    // A dash by itself belongs to the word before it.
    if (last && comparable(match[0]) === '') last.text += (spaced ? ' ' : '') + match[0]
    else found.push({ text: match[0], spaced })
  }
  return found
}

/** What of a word counts when two hearings of it are compared: neither case nor punctuation. */
export const comparable = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '')

/** Text as what goes before its last punctuation, and that punctuation. */
export function untrailed(text: string): [string, string] {
  const end = endBegins(text, /[^\p{L}\p{N}\p{M}]/u)
  return [text.slice(0, end), text.slice(end)]
}
