import { needsSpace } from '../domain/transcripts/join-text.ts'
import { stretches } from '../domain/transcripts/stretches.ts'
import { type Measures, type RecognisedSegment, type Recognition, SAMPLE_RATE } from '../ports/engine.ts'
import { pieces } from './merge-text.ts'
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
  /** A segment begins here; where it is `free`, pauses and sentences say so. */
  breaks: boolean
  /** Its time is its own: segments are made freely, at pauses and ends of sentences. */
  free: boolean
  probability?: number
  /** The model's own tokens. */
  ids?: readonly number[]
  /** What the model told of the stretch that it was decoded in. */
  decoded?: Decoded
}

type Decoded = Measures & { tokens?: readonly number[] }

type Stretch = Omit<Token, 'spaced'> & { spaced: boolean }

/** A part's words in order, in media time, within what the part heard. */
export function tokensOf({ start, end, result }: RecognisedPart): Token[] {
  const begin = start / SAMPLE_RATE
  const length = (end - start) / SAMPLE_RATE
  const within = (t: number): number => begin + Math.min(length, Math.max(0, t))
  return stretchesOf(result, length).map((s, i) => {
    const from = within(s.start)
    return { ...s, start: from, end: Math.max(from, within(s.end)), spaced: i === 0 ? null : s.spaced }
  })
}

function stretchesOf({ text, words, segments }: Recognition, length: number): Stretch[] {
  if (words?.length) return ofWords(text, words, segments)
  if (segments?.length) {
    return segments.flatMap((s) => spread(s.text, s.start, s.end, decodedIn(s)))
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
  const decoded = (segments ?? []).map((s) => ({ start: s.start, told: decodedIn(s) }))
  let passed = 0
  return bare.map(({ word, start, end, probability, tokens }, i) => {
    const middle = (start + end) / 2
    while (passed < decoded.length && decoded[passed]!.start <= middle) passed++
    const own = texts?.[i]
    const told = decoded[Math.max(0, passed - 1)]?.told
    return {
      text: own?.text ?? word,
      spaced: own?.spaced ?? needsSpace(bare[i - 1]?.word ?? '', word),
      word,
      start,
      end,
      breaks: false,
      free: true,
      ...(probability !== undefined && { probability }),
      ...(tokens && { ids: tokens }),
      ...(told && { decoded: told }),
    }
  })
}

/** The same object for all that was decoded together. */
function decodedIn({ start: _, end: __, text: ___, ...told }: RecognisedSegment): Decoded | undefined {
  return Object.keys(told).length > 0 ? told : undefined
}

/** Text without times of its words: spread evenly over its time, by length. */
function spread(text: string, start: number, end: number, decoded?: Decoded): Stretch[] {
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
      free: false,
      ...(decoded && { decoded }),
    }
  })
}
