import { needsSpace } from '../domain/transcripts/join-text.ts'
import { type Recognition, SAMPLE_RATE } from '../ports/engine.ts'
import { pieces, stretches } from './merge-text.ts'
import type { RecognisedPart } from './parts.ts'

/** A word of a part, with media time in seconds: what seams and segments are made of. */
export interface Token {
  /** As it stands in the text, with its punctuation. */
  text: string
  /** As the engine gave it with its times; null where the times are only estimated from the text. */
  word: string | null
  start: number
  end: number
  /** Whether a space goes before it; null at the beginning of a part, where its neighbour decides. */
  spaced: boolean | null
  /** A segment begins here. */
  breaks: boolean
  /** No segments came from the engine: they may be made freely, at pauses and ends of sentences. */
  free: boolean
}

interface Stretch {
  text: string
  spaced: boolean
  word: string | null
  start: number
  end: number
  breaks: boolean
}

/** A part's words in order, in media time, within what the part heard. */
export function tokensOf({ start, end, result }: RecognisedPart): Token[] {
  const begin = start / SAMPLE_RATE
  const length = (end - start) / SAMPLE_RATE
  const within = (t: number): number => begin + Math.min(length, Math.max(0, t))
  const free = Boolean(result.words?.length) && !result.segments?.length
  return stretchesOf(result, length).map((s, i) => {
    const from = within(s.start)
    return { ...s, start: from, end: Math.max(from, within(s.end)), spaced: i === 0 ? null : s.spaced, free }
  })
}

function stretchesOf({ text, words, segments }: Recognition, length: number): Stretch[] {
  if (words?.length) return ofWords(text, words, segments)
  if (segments?.length) {
    return segments.flatMap((s) => spread(s.text, s.start, s.end))
  }
  return spread(text, 0, length)
}

function ofWords(
  text: string,
  words: NonNullable<Recognition['words']>,
  segments: Recognition['segments'],
): Stretch[] {
  const bare = words.map((w) => ({ ...w, word: w.word.trim() })).filter((w) => w.word !== '')
  const texts = stretches(
    text.trim(),
    bare.map((w) => w.word),
  )
  const starts = (segments ?? []).map((s) => s.start)
  let passed = 0
  return bare.map(({ word, start, end }, i) => {
    const middle = (start + end) / 2
    const before = passed
    while (passed < starts.length && starts[passed]! <= middle) passed++
    const own = texts?.[i]
    return {
      text: own?.text ?? word,
      spaced: own?.spaced ?? needsSpace(bare[i - 1]?.word ?? '', word),
      word,
      start,
      end,
      breaks: i === 0 || passed > before,
    }
  })
}

/** Text without times of its words: spread evenly over its time, by length. */
function spread(text: string, start: number, end: number): Stretch[] {
  const found = pieces(text.trim())
  const total = found.reduce((n, p) => n + p.text.length, 0)
  let passed = 0
  return found.map((piece, i) => {
    const at = start + ((end - start) * passed) / total
    passed += piece.text.length
    return {
      ...piece,
      // Between segments there is a space unless the script has none.
      spaced: i === 0 ? needsSpace('x', piece.text) : piece.spaced,
      word: null,
      start: at,
      end: start + ((end - start) * passed) / total,
      breaks: i === 0,
    }
  })
}
