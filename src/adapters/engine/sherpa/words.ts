import type { RecognisedWord } from '../../../ports/engine.ts'

/** Tokens of one result with their times in seconds. */
export interface TimedTokens {
  text: string
  tokens: readonly string[]
  timestamps: readonly number[]
  /** Where the model gives them, one a token. */
  durations?: readonly number[]
  /** Length of the part, seconds. */
  seconds: number
}

/** A word whose last token gives no duration is taken to go on for so long, or until the next one. Seconds. */
const LONGEST_TAIL = 0.5
/** How far ahead in the text a token is looked for when one before it was not found (normalised digits…). */
const LOOK_AHEAD = 40
/** Scripts without spaces between words: every character is a word. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/**
 * Makes words with times from a text and the tokens that it was made of.
 *
 * The words are those of the text, so joining them gives it back; the tokens only bring the times. So it
 * does not matter how a family marks the start of a word (SentencePiece's `▁`, Whisper's leading space,
 * `@@` at a piece that goes on), nor that a token can be half of a character.
 */
export function wordsFromTokens(result: TimedTokens): RecognisedWord[] {
  if (result.timestamps.length === 0 || result.timestamps.length < result.tokens.length) return []
  const words = splitWords(result.text)
  const times = timesOfCharacters(result)
  const starts = startTimes(words, times, result.seconds)
  return words.map((word, i) => {
    const next = starts[i + 1] ?? result.seconds
    const last = times.lastBefore(word.at + word.length) ?? starts[i]!
    return {
      word: word.text,
      start: round(starts[i]!),
      end: round(Math.max(starts[i]!, Math.min(last, next))),
    }
  })
}

interface PlacedText {
  text: string
  /** Index and length among the letters of the text, that is, without its spaces. */
  at: number
  length: number
}

function splitWords(text: string): PlacedText[] {
  const words: PlacedText[] = []
  let at = 0
  for (const chunk of text.split(/\s+/u).filter(Boolean)) {
    for (const piece of splitUnspaced(chunk)) {
      words.push({ text: piece, at, length: piece.length })
      at += piece.length
    }
  }
  return words
}

/** Cuts before and after each character of an unspaced script; punctuation stays with what it follows. */
function splitUnspaced(chunk: string): string[] {
  if (!UNSPACED.test(chunk)) return [chunk]
  const pieces: string[] = []
  let unspacedBefore = false
  for (const char of chunk) {
    const unspaced = UNSPACED.test(char)
    const sticks = /^[\p{P}\p{M}\p{Sk}\p{Lm}]$/u.test(char)
    if (pieces.length > 0 && (sticks || !(unspaced || unspacedBefore))) pieces[pieces.length - 1] += char
    else pieces.push(char)
    unspacedBefore = unspaced || (sticks && unspacedBefore)
  }
  return pieces
}

interface CharacterTimes {
  /** Start of the first token that begins within [from, to), or of the one that covers `from`. */
  firstIn(from: number, to: number): number | undefined
  /** End of the last token that begins before `to`. */
  lastBefore(to: number): number | undefined
}

/** Finds each token in the text. One that is half a character, or was normalised away, is passed over. */
function timesOfCharacters({ text, tokens, timestamps, durations }: TimedTokens): CharacterTimes {
  const letters = text.replace(/\s+/gu, '').toLowerCase()
  const found: { at: number; start: number; end: number }[] = []
  let at = 0
  let lost = 0
  tokens.forEach((token, i) => {
    const piece = bare(token)
    const start = timestamps[i]!
    const end = durations?.[i] ? start + durations[i] : start + LONGEST_TAIL
    if (piece === '') return
    const window = letters.slice(at, at + piece.length + (lost > 0 ? LOOK_AHEAD : 0))
    const offset = piece.includes('\uFFFD') ? -1 : window.indexOf(piece)
    if (offset < 0) {
      // Somewhere from here on: good enough for a word of which nothing else is found.
      found.push({ at, start, end })
      lost += 1
      return
    }
    found.push({ at: at + offset, start, end })
    at += offset + piece.length
    lost = 0
  })
  return {
    firstIn: (from, to) =>
      found.find((token) => token.at >= from && token.at < to)?.start ??
      found.findLast((token) => token.at < from)?.start,
    lastBefore: (to) => found.findLast((token) => token.at < to)?.end,
  }
}

/** A token without the marks of its tokeniser. */
const bare = (token: string): string =>
  token
    .replace(/^<\|.*\|>$/u, '')
    .replace(/<0x[0-9A-F]{2}>/g, '\uFFFD')
    .replace(/@@$/u, '')
    .replace(/[▁\s]+/gu, '')
    .toLowerCase()

/** Rising, and never outside of the part. */
function startTimes(words: PlacedText[], times: CharacterTimes, seconds: number): number[] {
  let latest = 0
  return words.map((word) => {
    const start = times.firstIn(word.at, word.at + word.length) ?? latest
    latest = Math.max(latest, Math.min(Math.max(0, start), seconds))
    return latest
  })
}

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000
