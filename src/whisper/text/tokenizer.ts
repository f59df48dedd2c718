/** GPT-2's tokens as Whisper uses them: numbers to text, text to numbers, numbers to words. */
import { bytePairs } from './byte-pairs.ts'
import { fromLetters, toLetters } from './bytes.ts'
import { readVocabulary, type Vocabulary } from './vocabulary.ts'
import { splitWords, type Word } from './words.ts'

export interface Tokenizer {
  /** Of text tokens only: control tokens and times are skipped. Bytes that are no UTF-8 become U+FFFD. */
  decode(ids: readonly number[]): string
  /** None for control tokens, times, and numbers that are no token. */
  bytesOf(id: number): Uint8Array
  /** Control tokens written out, such as `<|en|>`, are text like any other: a prompt can't steer the model. */
  encode(text: string): number[]
  /** @param language its code: where words are not written apart, each whole character is a word */
  words(ids: readonly number[], language: string): Word[]
}

/** @param vocabulary the folder's own, for those who have read it already */
export function openTokenizer(folder: string, vocabulary: Vocabulary = readVocabulary(folder)): Tokenizer {
  const known = new Map<number, Uint8Array>()
  const bytesOf = (id: number): Uint8Array => {
    const seen = known.get(id)
    if (seen) return seen
    const bytes = spelt(vocabulary, id)
    known.set(id, bytes)
    return bytes
  }
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
  const decode = (ids: readonly number[]): string => utf8.decode(Buffer.concat(ids.map(bytesOf)))
  const isText = (id: number): boolean => vocabulary.text.has(id) || vocabulary.plain.has(id)
  let join: ((letters: string) => readonly number[]) | undefined
  return {
    decode,
    bytesOf,
    encode(text) {
      join ??= bytePairs(vocabulary)
      const ids: number[] = []
      for (const [piece] of text.matchAll(PIECES)) for (const id of join(toLetters(piece))) ids.push(id)
      return ids
    },
    words: (ids, language) => splitWords(ids, language, { bytesOf, decode, isText }),
  }
}

/**
 * GPT-2's pieces, which no token crosses: English endings, words, numbers and signs, each with a blank before it, and
 * blanks. Unicode's blanks are not quite JavaScript's `\s`.
 */
const PIECES =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu

const none = new Uint8Array(0)
const utf8 = new TextEncoder()

function spelt({ text, plain }: Vocabulary, id: number): Uint8Array {
  const letters = text.get(id)
  if (letters !== undefined) return fromLetters(letters)
  const added = plain.get(id)
  return added === undefined ? none : utf8.encode(added)
}
