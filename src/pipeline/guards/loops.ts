import { joined } from '../../domain/transcripts/join-text.ts'
import { stretches } from '../../domain/transcripts/stretches.ts'
import type { RecognisedWord, Recognition } from '../../ports/engine.ts'
import { comparable, pieces } from '../merge-text.ts'
import { letters } from './rate.ts'

/** Longest phrase that is looked for, words. */
const PHRASE = 12
/** So often in a row is a phrase said in earnest, a chorus or a chant included, and a single word. */
const OFTEN = { phrase: 8, word: 16 }
/** Half as often is enough where the whole is faster than people talk at ease, letters a second. */
const HASTE = 16
/** Words that have times of their own are real where they are this far apart on average, seconds. */
const APART = 0.1

interface Piece {
  text: string
  spaced: boolean
  segment: number
}

/**
 * A phrase that is repeated without end is there once: models that write text freely fall into such loops. A
 * loop whose words lie apart in time was heard, and stays.
 */
export function withoutLoops(result: Recognition, seconds: number): Recognition {
  if (result.words?.length) return withoutLoopsOfWords(result, result.words, seconds)
  const segments = result.segments?.length ? result.segments : [{ start: 0, end: seconds, text: result.text }]
  const all = segments.flatMap((s, segment) => pieces(s.text.trim()).map((p): Piece => ({ ...p, segment })))
  const hasty = letters(result.text) > HASTE * seconds
  const kept = unlooped(all, hasty)
  if (kept.length === all.length) return result
  const { words: _, segments: __, ...rest } = result
  const texts = segments.map((s, k) => ({ ...s, text: textOf(kept.filter((p) => p.segment === k)) }))
  const left = texts.filter((s) => s.text !== '')
  const text = joined(left.map((s) => s.text))
  return { ...rest, text, ...(result.segments?.length && { segments: left }) }
}

/** Words keep their times; the model's own segments lose what of them is gone. */
function withoutLoopsOfWords(result: Recognition, words: RecognisedWord[], seconds: number): Recognition {
  const texts = words.map((w) => w.word.trim())
  const own = stretches(result.text.trim(), texts)
  const all = words.map((word, k) => ({ word, ...(own?.[k] ?? { text: texts[k]!, spaced: true }) }))
  const kept = unlooped(all, letters(result.text) > HASTE * seconds)
  if (kept.length === all.length || areApart(words)) return result
  const { segments, words: _, ...rest } = result
  const starts = segments?.map((s) => s.start) ?? []
  const segmentOf = ({ word }: { word: RecognisedWord }): number =>
    Math.max(
      0,
      starts.findLastIndex((start) => start <= (word.start + word.end) / 2),
    )
  const left = segments?.flatMap((s, k) => {
    const before = all.filter((each) => segmentOf(each) === k)
    const after = kept.filter((each) => segmentOf(each) === k)
    if (after.length === before.length) return [s]
    return after.length > 0 ? [{ ...s, text: textOf(after) }] : []
  })
  // Words without any length have no times to speak of.
  const timed = kept.map((k) => k.word).filter((w) => w.end > w.start)
  return {
    ...rest,
    text: textOf(kept),
    ...(timed.length === kept.length && { words: timed }),
    ...(left && { segments: left }),
  }
}

function areApart(words: readonly RecognisedWord[]): boolean {
  if (words.length < 2) return false
  const starts = new Set(words.map((w) => Math.round(w.start / APART)))
  return starts.size >= words.length * 0.8
}

function unlooped<T extends { text: string }>(all: readonly T[], hasty: boolean): T[] {
  const keys = all.map((p) => comparable(p.text))
  const kept: T[] = []
  for (let at = 0; at < all.length; ) {
    const loop = loopAt(keys, at, hasty)
    kept.push(...all.slice(at, at + (loop?.phrase ?? 1)))
    at += loop ? loop.phrase * loop.times : 1
  }
  return kept
}

/** The shortest phrase from `at` on that is repeated too often. */
function loopAt(
  keys: readonly string[],
  at: number,
  hasty: boolean,
): { phrase: number; times: number } | null {
  for (let phrase = 1; phrase <= PHRASE; phrase++) {
    const limit = (phrase === 1 ? OFTEN.word : OFTEN.phrase) / (hasty ? 2 : 1)
    let same = 0
    while (at + same + phrase < keys.length && keys[at + same] === keys[at + same + phrase]) same++
    const times = 1 + Math.floor(same / phrase)
    if (times >= limit) return { phrase, times }
  }
  return null
}

const textOf = (kept: readonly Pick<Piece, 'text' | 'spaced'>[]): string =>
  kept.map((p, k) => (k > 0 && p.spaced ? ' ' : '') + p.text).join('')
