/** Which pieces of what one speaker says in one go become which captions, and where their lines break. */
import { breakCost, endsSentence } from './breaks.ts'
import { LONGEST, SHORTEST_ROOM } from './cue-limits.ts'
import type { FunctionWords } from './function-words.ts'
import { joinedPieces } from './pieces.ts'
import type { TimedPiece } from './timed-pieces.ts'

export interface Stretch {
  pieces: readonly TimedPiece[]
  /** Where segments end: before the pieces of these places. */
  seams: ReadonlySet<number>
  /** Widths: of a line, and of the speaker's name before the first. */
  line: number
  label: number
  /** The most lines shown at a time. */
  lines: number
  /** When somebody speaks again. */
  until: number
}

export interface Planned {
  pieces: readonly TimedPiece[]
  lines: string[]
}

/** Each caption costs so much: what fits into one is not cut without a reason. */
const CUE = 12
/** A line break is less of a break than a new caption. */
const LINE_BREAK = 0.7
/** For each character that one line is longer than the other. */
const UNBALANCED = 0.3
/** A caption over the end of a sentence, and of a segment. */
const OVER_SENTENCE = 8
const OVER_SEAM = 15
const TOO_SHORT = 60
/** For each second over the longest, of a time that is only a share of its segment's; at most so much. */
const SLOW = { cost: 1, most: 20 }
/** A caption of a word or two that is no sentence. */
const ORPHAN = { width: 15, cost: 20 }
/** Seconds between two words that make the place between them a better one. */
const BREATH = { short: 0.3, long: 0.7 }

interface Best {
  cost: number
  from: number
  /** Before which piece the second line begins; 0: there is one line. */
  split: number
}

/** The cheapest way to cut the whole of it: a choice that looks good here can leave a bad one for the rest. */
export function plan(stretch: Stretch, words: FunctionWords): Planned[] {
  const { pieces } = stretch
  const cuts = pieces.map((piece, k) =>
    k === 0 ? 0 : cutCost(pieces[k - 1]!, piece, stretch.seams.has(k), words),
  )
  const before = sums(pieces, stretch.seams)
  const best: Best[] = [{ cost: 0, from: 0, split: 0 }]
  for (let to = 1; to <= pieces.length; to++) best.push(bestUpTo(stretch, cuts, before, best, to))
  const planned: Planned[] = []
  for (let to = pieces.length; to > 0; ) {
    const { from, split } = best[to]!
    const some = pieces.slice(from, to)
    const lines = split === 0 ? [some] : [pieces.slice(from, split), pieces.slice(split, to)]
    planned.push({ pieces: some, lines: lines.map(joinedPieces) })
    to = from
  }
  return planned.reverse()
}

function cutCost(left: TimedPiece, right: TimedPiece, seam: boolean, words: FunctionWords): number {
  if (seam) return 0
  const cost = breakCost(left.text, right.text, words)
  const pause = left.exact && right.exact ? right.start - left.end : 0
  return pause > BREATH.long ? cost * 0.3 : pause > BREATH.short ? cost * 0.6 : cost
}

interface Sums {
  /** Where a piece begins and ends in a line of all of them. */
  begin: number[]
  end: number[]
  /** How many sentences and segments end before a piece. */
  sentences: number[]
  seams: number[]
}

function sums(pieces: readonly TimedPiece[], seams: ReadonlySet<number>): Sums {
  const all: Sums = { begin: [], end: [], sentences: [0], seams: [0] }
  let at = 0
  pieces.forEach((piece, k) => {
    if (k > 0 && piece.spaced) at += 1
    all.begin.push(at)
    at += piece.width
    all.end.push(at)
    all.sentences.push(all.sentences[k]! + (endsSentence(piece.text) ? 1 : 0))
    all.seams.push(all.seams[k]! + (seams.has(k + 1) ? 1 : 0))
  })
  return all
}

function bestUpTo(
  stretch: Stretch,
  cuts: readonly number[],
  sum: Sums,
  best: readonly Best[],
  to: number,
): Best {
  const { pieces, line, label, lines } = stretch
  let found: Best | undefined
  for (let from = to - 1; from >= 0; from--) {
    const wide = sum.end[to - 1]! - sum.begin[from]!
    if (wide > lines * line - label && found) break
    const split =
      wide <= line - label ? { at: 0, cost: 0 } : lines > 1 ? lineBreak(stretch, cuts, sum, from, to) : null
    if (!split && found) continue
    const cost =
      best[from]!.cost +
      CUE +
      (to < pieces.length ? cuts[to]! : 0) +
      (split?.cost ?? 0) +
      OVER_SENTENCE * (sum.sentences[to - 1]! - sum.sentences[from]!) +
      OVER_SEAM * (sum.seams[to - 1]! - sum.seams[from]!) +
      timeCost(stretch, from, to) +
      (wide < ORPHAN.width && !(isEdge(from, cuts) && isEdge(to, cuts)) ? ORPHAN.cost : 0)
    if (!found || cost < found.cost) found = { cost, from, split: split?.at ?? 0 }
  }
  return found!
}

/** Whether a sentence or a segment ends before this piece. */
const isEdge = (k: number, cuts: readonly number[]): boolean => k === 0 || k === cuts.length || cuts[k] === 0

function lineBreak(
  { line, label }: Stretch,
  cuts: readonly number[],
  sum: Sums,
  from: number,
  to: number,
): { at: number; cost: number } | null {
  let found: { at: number; cost: number } | null = null
  for (let at = to - 1; at > from; at--) {
    const second = sum.end[to - 1]! - sum.begin[at]!
    if (second > line) break
    const first = sum.end[at - 1]! - sum.begin[from]! + label
    if (first > line) continue
    const cost = cuts[at]! * LINE_BREAK + Math.abs(first - second) * UNBALANCED
    if (!found || cost < found.cost) found = { at, cost }
  }
  return found
}

function timeCost({ pieces, until }: Stretch, from: number, to: number): number {
  const start = pieces[from]!.start
  const room = (pieces[to]?.start ?? until) - start
  const short = room < SHORTEST_ROOM ? TOO_SHORT * (1 - room / SHORTEST_ROOM) : 0
  const over = pieces[to - 1]!.end - start - LONGEST
  if (over <= 0 || to - from === 1) return short
  // Nobody knows when in a long segment few words were said; a share of its time says nothing against one caption.
  return short + (pieces[from]!.exact && pieces[to - 1]!.exact ? 1e6 : Math.min(over * SLOW.cost, SLOW.most))
}
