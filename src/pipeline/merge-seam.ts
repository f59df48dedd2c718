import { comparable, untrailed } from './merge-text.ts'
import type { Token } from './merge-tokens.ts'

/**
 * Two hearings of one word may differ by this much, seconds: engines place words to within some 0.1 s, more
 * at the edge of what they hear.
 */
const SAME_TIME = 0.4

/** Where two parts meet in running speech: both heard `from`…`to`, and `cut` divides it between them. */
export interface Seam {
  from: number
  cut: number
  to: number
}

/** One step of an alignment: a word that both heard, or one that only one of them heard. */
type Step = { a: Token; b?: Token } | { a?: Token; b: Token }

/**
 * Joins what two overlapping parts heard, so that what both heard is there once. Words are paired by text and
 * time (or by text alone, where times are estimates). A pair is one word, whichever side of the cut either
 * hearing falls on; a word that only one part heard counts on that part's side of the cut.
 */
export function joinAtSeam(before: readonly Token[], after: readonly Token[], seam: Seam): Token[] {
  if (before.length === 0 || after.length === 0) return [...before, ...after]
  const timed = [...before, ...after].every((t) => t.word !== null)
  const score = timed ? timedScore : textScore
  const steps = align(before, after, score, timed ? 0 : 1)
  const shared = steps.flatMap((s, i) => (s.a && s.b ? [i] : []))
  if (!timed && shared.length === 0) return [...before, ...after]
  const middle = ((shared[0] ?? 0) + (shared.at(-1) ?? 0)) / 2
  let crossed = false
  return steps.flatMap((step, i) => {
    const late = timed ? time(step) >= seam.cut : i > middle
    const kept = chosen(step, late, { first: step.b === after[0], last: step.b === after.at(-1) })
    if (!kept) return []
    const breaks = !kept.free && (kept.breaks || (late && !crossed))
    crossed ||= late
    return [{ ...kept, breaks }]
  })
}

function time({ a, b }: Step): number {
  const middles = [a, b].flatMap((t) => (t ? [(t.start + t.end) / 2] : []))
  return middles.reduce((sum, t) => sum + t, 0) / middles.length
}

function chosen({ a, b }: Step, late: boolean, place: { first: boolean; last: boolean }): Token | null {
  if (!a || !b) return (late ? b : a) ?? null
  if (comparable(a.text) !== comparable(b.text)) return late ? b : a
  // A part begins with a capital and ends with a full stop even in the middle of a sentence: the word is
  // written as in the part where it does not come first, with the punctuation of the one where more follows.
  const [core, trail] = untrailed((late && !place.first ? b : a).text)
  const text = core + (place.last ? trail : untrailed(b.text)[1])
  const { spaced, breaks } = a
  return { ...(late ? b : a), text, spaced, breaks }
}

type Score = (a: Token, b: Token) => number | null

/** Equal text at about the same time, or any two words in the same place: two hearings of one sound. */
const timedScore: Score = (a, b) => {
  const apart = Math.abs((a.start + a.end - b.start - b.end) / 2)
  if (comparable(a.text) === comparable(b.text) && apart <= SAME_TIME) return 3 - apart / SAME_TIME
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start)
  const shorter = Math.min(a.end - a.start, b.end - b.start)
  return shared > 0 && shared >= shorter / 2 ? 1 : null
}

const textScore: Score = (a, b) => (comparable(a.text) === comparable(b.text) ? 2 : -0.5)

/**
 * The best alignment of the end of `a` with the beginning of `b` (Needleman-Wunsch; what comes before in `a`
 * and after in `b` is free, any other skipped word costs `skip`).
 */
function align(a: readonly Token[], b: readonly Token[], score: Score, skip: number): Step[] {
  const best = a.map(() => new Float64Array(b.length + 1))
  best.unshift(Float64Array.from({ length: b.length + 1 }, (_, j) => -skip * j))
  const pair = (i: number, j: number): number => {
    const s = score(a[i - 1]!, b[j - 1]!)
    return s === null ? -Infinity : best[i - 1]![j - 1]! + s
  }
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++)
      best[i]![j] = Math.max(pair(i, j), best[i - 1]![j]! - skip, best[i]![j - 1]! - skip)
  }
  const last = best[a.length]!
  let j = last.indexOf(Math.max(...last))
  const steps: Step[] = b.slice(j).map((token) => ({ b: token }))
  let i = a.length
  while (i > 0 || j > 0) {
    if (i > 0 && j > 0 && best[i]![j] === pair(i, j)) steps.unshift({ a: a[--i]!, b: b[--j]! })
    else if (j > 0 && (i === 0 || best[i]![j] === best[i]![j - 1]! - skip)) steps.unshift({ b: b[--j]! })
    else steps.unshift({ a: a[--i]! })
  }
  return steps
}
