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

/**
 * The stretches of a text that belong to its words, or null when they are not all in it in order. Between
 * two words, what stands before the last space goes with the first ("Hello," …), the rest with the second.
 */
export function stretches(
  text: string,
  words: readonly string[],
): { text: string; spaced: boolean }[] | null {
  const lower = text.toLowerCase()
  // Lower case can be longer than upper case ("İ"): positions would not agree.
  if (lower.length !== text.length) return null
  const found: { begin: number; end: number }[] = []
  let at = 0
  for (const word of words) {
    const begin = lower.indexOf(word.toLowerCase(), at)
    if (begin < 0 || /[\p{L}\p{N}]/u.test(text.slice(at, begin))) return null
    at = begin + word.length
    found.push({ begin, end: at })
  }
  const starts = found.map(({ begin }, i) => {
    const between = text.slice(found[i - 1]?.end ?? 0, begin)
    return i === 0 ? 0 : begin - between.length + endBegins(between, /\S/u)
  })
  return found.map((_, i) => {
    const begin = starts[i]!
    const own = text.slice(begin, starts[i + 1] ?? text.length)
    return { text: own.trim(), spaced: i > 0 && (/^\s/.test(own) || /\s/.test(text[begin - 1] ?? '')) }
  })
}
