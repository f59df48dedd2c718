/** What OpenAI's decoder never says: computed from the vocabulary, for folders that do not list it. */
import { toLetters } from '../text/bytes.ts'
import type { Vocabulary } from '../text/vocabulary.ts'

/** Speaker tags, notes and the like: "♪♪♪", "(SPEAKING FOREIGN LANGUAGE)", "[DAVID] Hey there". */
const SYMBOLS = [
  ...'"#()*+/:;<=>@[\\]^_`{|}~「」『』',
  ...'<< >> <<< >>> -- --- -( -[ (\' (" (( )) ((( ))) [[ ]] {{ }} ♪♪ ♪♪♪'.split(' '),
]
/** In UTF-8 these share their first two bytes with musical signs only: their first token is enough. */
const MUSIC = [...'♩♪♫♬♭♮♯']
/** Fine within a word, not where one begins. */
const WORD_STARTS = [' -', " '"]

export function nonSpeech(vocabulary: Vocabulary): number[] {
  const tokens = bySpelling(vocabulary)
  const found = new Set<number | undefined>()
  for (const symbol of SYMBOLS)
    for (const text of [symbol, ` ${symbol}`]) found.add(tokens.get(toLetters(text)))
  for (const sign of MUSIC) for (const text of [sign, ` ${sign}`]) found.add(first(tokens, text))
  for (const text of WORD_STARTS) found.add(first(tokens, text))
  return [...found].filter((id) => id !== undefined)
}

export function beginSuppressed(vocabulary: Vocabulary, eot: number): number[] {
  const blank = bySpelling(vocabulary).get(toLetters(' '))
  return blank === undefined ? [eot] : [blank, eot]
}

const bySpelling = (vocabulary: Vocabulary): ReadonlyMap<string, number> =>
  new Map([...vocabulary.text].map(([id, spelling]) => [spelling, id]))

/** The longest token that the text begins with. */
function first(tokens: ReadonlyMap<string, number>, text: string): number | undefined {
  const spelt = toLetters(text)
  for (let length = spelt.length; length > 0; length--) {
    const id = tokens.get(spelt.slice(0, length))
    if (id !== undefined) return id
  }
  return undefined
}
