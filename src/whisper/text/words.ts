/**
 * Tokens to words, as OpenAI's decoder and faster-whisper split them. They lose all that follows bytes that are no
 * UTF-8; here every token is in a word, and the words together are the text.
 */
import { afterByte, continues, type OpenCharacter } from './utf8.ts'

export interface Word {
  /** With the blank before it, as the tokens have it. */
  text: string
  tokens: number[]
}

interface Decoder {
  bytesOf(id: number): Uint8Array
  decode(ids: readonly number[]): string
  isText(id: number): boolean
}

/** Languages that do not write words apart. */
const WITHOUT_BLANKS: ReadonlySet<string> = new Set(['zh', 'ja', 'th', 'lo', 'my', 'yue'])
const ASCII_PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'

export function splitWords(ids: readonly number[], language: string, decoder: Decoder): Word[] {
  const characters = wholeCharacters(ids, decoder)
  if (WITHOUT_BLANKS.has(language)) return characters
  const words: Word[] = []
  for (const { text, tokens } of characters) {
    const last = words.at(-1)
    // An empty stretch is part of the punctuation's letters, as in Python, and so is a word of its own.
    const apart =
      text.startsWith(' ') || ASCII_PUNCTUATION.includes(stripped(text)) || !decoder.isText(tokens[0]!)
    if (!last || apart) words.push({ text, tokens })
    else {
      last.text += text
      last.tokens.push(...tokens)
    }
  }
  return words
}

/** The shortest runs of tokens that end where a character ends, or where what began as one turns out to be none. */
function wholeCharacters(ids: readonly number[], { bytesOf, decode }: Decoder): Word[] {
  const runs: Word[] = []
  let tokens: number[] = []
  let open: OpenCharacter | undefined
  for (const [i, id] of ids.entries()) {
    const bytes = bytesOf(id)
    if (open && bytes.length > 0 && !continues(open, bytes[0]!)) {
      runs.push({ text: decode(tokens), tokens })
      tokens = []
    }
    tokens.push(id)
    for (const byte of bytes) open = afterByte(open, byte)
    if (open && i < ids.length - 1) continue
    runs.push({ text: decode(tokens), tokens })
    tokens = []
  }
  return runs
}

/** Python's strip(): Unicode's blanks and the four separators of ASCII. */
export function stripped(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text[start]!)) start++
  while (end > start && isBlank(text[end - 1]!)) end--
  return text.slice(start, end)
}

const isBlank = (letter: string): boolean =>
  /\p{White_Space}/u.test(letter) || (letter >= '\u001c' && letter <= '\u001f')
