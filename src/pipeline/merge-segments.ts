import { needsSpace } from '../domain/transcripts/join-text.ts'
import type { Measures } from '../ports/engine.ts'
import type { Segment, Word } from '../ports/transcript.ts'
import { endsPhrase, endsSentence } from './merge-sentences.ts'
import type { Token } from './merge-tokens.ts'

/** A pause of this many seconds ends a segment. */
const PAUSE = 0.8
/** A sentence of more is cut where it breathes. */
const MOST_CHARACTERS = 200
const MOST_SECONDS = 15
/** What the end of a phrase counts beside the pause after it, seconds. */
const PHRASE = 0.3

/**
 * How many of `open`, the words of a segment so far, are a whole one now that `next` follows; 0: it goes on.
 * @param open at least one
 */
export function wholeBefore(open: readonly Token[], next: Token): number {
  const last = open.at(-1)!
  if (!next.free || !last.free) return next.breaks || next.free ? open.length : 0
  const pause = next.start - last.end
  if (pause >= PAUSE || endsSentence(last.text, next.text, pause)) return open.length
  const characters = open.reduce((n, t) => n + t.text.length + 1, next.text.length)
  const isLong = characters > MOST_CHARACTERS || next.end - open[0]!.start > MOST_SECONDS
  return isLong ? breath(open, next) : 0
}

/** Whether `open` is a whole segment whatever follows. @param until seconds: nothing is heard before this */
export function isWhole(open: readonly Token[], until: number): boolean {
  const last = open.at(-1)
  if (!last?.free) return true
  return until - last.end >= PAUSE || endsSentence(last.text, '', until - last.end)
}

/** The best place to cut a long sentence: not at its beginning; after a phrase, or in the longest pause. */
function breath(open: readonly Token[], next: Token): number {
  let best = { at: open.length, worth: Number.NEGATIVE_INFINITY }
  for (let at = Math.ceil(open.length / 3); at <= open.length; at++) {
    const before = open[at - 1]!
    const pause = (open[at] ?? next).start - before.end
    const worth = pause + (endsPhrase(before.text) ? PHRASE : 0)
    if (worth >= best.worth) best = { at, worth }
  }
  return best.at
}

/** @param tokens at least one */
export function segmentOf(tokens: readonly Token[]): Segment {
  const words = tokens.flatMap((t): Word[] => {
    if (t.word === null) return []
    const { word, start, end, probability } = t
    return [{ word, start: toMs(start), end: toMs(end), ...(probability !== undefined && { probability }) }]
  })
  return {
    start: toMs(tokens[0]!.start),
    end: toMs(Math.max(...tokens.map((t) => t.end))),
    text: textOf(tokens),
    ...(words.length > 0 && { words }),
    ...told(tokens),
  }
}

/** What the model told of the stretch that most of a segment was decoded in, and the tokens that are the segment's. */
function told(tokens: readonly Token[]): Measures & Pick<Segment, 'tokens'> {
  const counts = new Map<NonNullable<Token['decoded']>, number>()
  for (const { decoded } of tokens) if (decoded) counts.set(decoded, (counts.get(decoded) ?? 0) + 1)
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  const { tokens: whole, ...measures } = most?.[0] ?? {}
  const own = tokens.flatMap((t) => t.ids ?? [])
  const ids = own.length > 0 || tokens.some((t) => t.word !== null) ? own : (whole ?? [])
  return { ...measures, ...(ids.length > 0 && { tokens: ids }) }
}

function textOf(tokens: readonly Token[]): string {
  return tokens.reduce((text, { text: next, spaced }) => {
    const space = text !== '' && (spaced ?? needsSpace(text.slice(-8), next))
    return text + (space ? ' ' : '') + next
  }, '')
}

export const toMs = (seconds: number): number => Math.round(seconds * 1000) / 1000
