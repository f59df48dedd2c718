import { endBegins } from './text-ends.ts'

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
