/** How good a place between two pieces is to end a line, or a caption: 0 is best. */
import type { FunctionWords } from './function-words.ts'

export const SENTENCE = 0
const PHRASE = 8
const BEFORE_CONJUNCTION = 14
const BEFORE_PREPOSITION = 18
const ANYWHERE = 30
/** Between what belongs together: a name, a number and its unit, an adjective and its noun. */
const TOGETHER = 60
/** Behind an article, a preposition or a conjunction. */
const NEVER = 80

/** Closing quotes and brackets behind a sign do not change what it ends. */
const behindClosing = (text: string): string => text.replace(/["'”’»)\]』」）]{1,4}$/u, '').slice(-2)
/** Most words do, and need no further look. */
const endsInLetter = (text: string): boolean => /[a-z0-9]$/i.test(text)
export const endsSentence = (text: string): boolean =>
  !endsInLetter(text) && /[.!?…。！？।။۔؟།።]$/u.test(behindClosing(text)) && !ABBREVIATION.test(text)
export const endsPhrase = (text: string): boolean =>
  !endsInLetter(text) && (/[,;:、，；：·–—،؛၊]$/u.test(behindClosing(text)) || endsSentence(text))

/** `J.`, `Dr.`, `e.g.`, `z.B.`: what follows them is not a new sentence. */
const ABBREVIATION =
  /^["'“‘«(]?(?:(?!I)\p{Lu}|[Mm]rs?|[Mm]s|[Dd]r|[Pp]rof|[Ss]t|[Ss]ra?|[Jj]r|[Nn]r|vs|bzw|ca|Mme|[Ss]ig|[Dd]ott|(?:\p{L}\.){1,3}\p{L})\.$/u

export function breakCost(left: string, right: string, words: FunctionWords): number {
  if (endsSentence(left)) return SENTENCE
  if (endsPhrase(left)) return PHRASE
  if (/^[–—(（「『“«]/u.test(right)) return PHRASE + 4
  if (ABBREVIATION.test(left)) return TOGETHER
  const [before, after] = [bare(left), bare(right)]
  if (words.prepositions.has(before) || words.conjunctions.has(before) || words.leads.has(before))
    return NEVER
  if (words.trails.has(after)) return NEVER
  if (belongs(before, left, right, words)) return TOGETHER
  const script = byScript(left, right)
  if (script !== null) return script
  if (words.conjunctions.has(after)) return BEFORE_CONJUNCTION
  if (words.prepositions.has(after)) return BEFORE_PREPOSITION
  return ANYWHERE
}

function bare(text: string): string {
  const lower = text.toLowerCase()
  if (/^[a-z0-9]*$/.test(lower)) return lower
  return lower
    .replaceAll('’', "'")
    .replace(/^[^\p{L}\p{N}]{1,8}/u, '')
    .replace(/[^\p{L}\p{N}\p{M}]{1,8}$/u, '')
}

/** English adjectives that show what they are; in other languages the small words have to do. */
const ADJECTIVE = /^[a-z]{2,}(?:ful|less|ous|ive|able|ible|ical|ial|ional|ary|ern|ish)$/

function belongs(before: string, left: string, right: string, words: FunctionWords): boolean {
  if (/^[\d.,]{0,12}\d%?$/.test(left) || (/\p{L}/u.test(left) && /^\d/.test(right))) return true
  if (isName(left) && isName(right)) return true
  if (words.leads.has('the')) return ADJECTIVE.test(before)
  // German nouns are capitals: what stands before one, in small letters, is mostly its article or adjective.
  return words.leads.has('der') && /^\p{Ll}{2,}(?:e|en|er|es|em)$/u.test(left) && /^\p{Lu}\p{Ll}/u.test(right)
}

const isName = (text: string): boolean => /^\p{Lu}[\p{Ll}\p{M}'’.-]{1,40}$/u.test(text)

/** Japanese: a phrase begins with kanji or katakana and ends with the hiragana of its inflection and particles. */
function byScript(left: string, right: string): number | null {
  const [end, begin] = [left.slice(-1), right.slice(0, 1)]
  if (HIRAGANA.test(begin)) return HIRAGANA.test(end) ? TOGETHER - 5 : TOGETHER
  return HIRAGANA.test(end) ? PHRASE + 4 : null
}

const HIRAGANA = /\p{Script=Hiragana}/u
