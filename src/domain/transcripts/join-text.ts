/** How stretches of text that were spoken one after the other become one. */

/** Scripts that put no spaces between words, as a class of regular expressions. */
export const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}ー'
/** CJK punctuation and full-width forms bring their own space. */
const WIDE_PUNCTUATION =
  '\\u3000-\\u3004\\u3008-\\u303f\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65'

const ENDS_UNSPACED = new RegExp(`[${UNSPACED}${WIDE_PUNCTUATION}]\\p{M}*$`, 'u')
const BEGINS_UNSPACED = new RegExp(`^[${UNSPACED}${WIDE_PUNCTUATION}]`, 'u')
const BEGINS_CLOSING = /^[.,;:!?%)\]}…”»]/u
const ENDS_OPENING = /[([{¿¡„«“]$/u

/** Whether both are in a script whose words follow each other without a space, so that one line goes on in the next. */
export const runsOn = (left: string, right: string): boolean =>
  ENDS_UNSPACED.test(left.slice(-8)) && BEGINS_UNSPACED.test(right)

/** Whether two stretches of text that were spoken one after the other have a space between them. */
export function needsSpace(left: string, right: string): boolean {
  if (left === '' || right === '' || runsOn(left, right)) return false
  if (BEGINS_CLOSING.test(right) || ENDS_OPENING.test(left)) return false
  // A word that was hyphenated goes on: "well-" + "known".
  return !(/\p{L}-$/u.test(left.slice(-3)) && /^\p{Ll}/u.test(right))
}

/** Built up in a list: adding to a string and reading its end in turn copies it each time. */
export function joined(texts: readonly string[], spaced = needsSpace): string {
  const parts: string[] = []
  let last = ''
  for (const text of texts) {
    if (text === '') continue
    if (last !== '') parts.push(spaced(last, text) ? ' ' : '')
    parts.push(text)
    last = text
  }
  return parts.join('')
}
