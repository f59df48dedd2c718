import { needsSpace } from '../domain/transcripts/join-text.ts'
import type { Segment, Word } from '../ports/transcript.ts'
import type { Token } from './merge-tokens.ts'

/** A pause of this many seconds ends a segment. */
const PAUSE = 0.8
/** A sentence ends one that has this many characters, and this many are enough in any case. */
const SENTENCE_CHARACTERS = 24
const MOST_CHARACTERS = 200
const MOST_SECONDS = 15

/** Whether `next` begins another segment than `open`, whose last word is before it. */
export function beginsSegment(open: readonly Token[], next: Token): boolean {
  const last = open.at(-1)
  if (!last || next.breaks) return true
  if (!next.free) return false
  const characters = open.reduce((n, t) => n + t.text.length + 1, 0)
  if (next.start - last.end >= PAUSE) return true
  if (/[.!?。！？…]["'”’»)\]]*$/u.test(last.text)) return characters >= SENTENCE_CHARACTERS
  return characters >= MOST_CHARACTERS || next.end - open[0]!.start > MOST_SECONDS
}

/** @param tokens at least one */
export function segmentOf(tokens: readonly Token[]): Segment {
  const words = tokens.flatMap((t): Word[] =>
    t.word === null ? [] : [{ word: t.word, start: toMs(t.start), end: toMs(t.end) }],
  )
  return {
    start: toMs(tokens[0]!.start),
    end: toMs(Math.max(...tokens.map((t) => t.end))),
    text: textOf(tokens),
    ...(words.length > 0 && { words }),
  }
}

function textOf(tokens: readonly Token[]): string {
  return tokens.reduce((text, { text: next, spaced }) => {
    const space = text !== '' && (spaced ?? needsSpace(text.slice(-8), next))
    return text + (space ? ' ' : '') + next
  }, '')
}

const toMs = (seconds: number): number => Math.round(seconds * 1000) / 1000
