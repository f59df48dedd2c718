/** What differs between two lists of segments, line by line, and how two people’s changes go together. */
import type { SegmentReply } from '../../../../../src/contract/native.ts'
import { type Segment, type Segments, unkeyed } from './segments.ts'

export interface Change {
  /** Counted before any change of the same list. */
  at: number
  before: Segments
  after: Segments
}

/** Two changed the same lines, each in a way of their own. Theirs stand; mine are here. */
export interface Clash {
  /** The lines that they left, by key; none: they removed them. */
  keys: readonly number[]
  /** What was there before both. */
  base: Segments
  mine: Segments
  theirs: Segments
}

/**
 * Line by line, by identity: a segment that was not touched is the same object in both. Keys never change their
 * order, so one walk along both lists finds everything.
 */
export function changesBetween(before: Segments, after: Segments): Change[] {
  if (before === after) return []
  // A key that is typed changes one line of thousands: what is alike at both ends is passed by.
  let [first, ends] = [0, { before: before.length, after: after.length }]
  while (first < ends.before && first < ends.after && before[first] === after[first]) first++
  while (ends.before > first && ends.after > first && before[ends.before - 1] === after[ends.after - 1])
    ends = { before: ends.before - 1, after: ends.after - 1 }
  const were = new Set(before.slice(first, ends.before).map(({ key }) => key))
  const are = new Set(after.slice(first, ends.after).map(({ key }) => key))
  const changes: Change[] = []
  let [i, j] = [first, first]
  while (i < ends.before || j < ends.after) {
    const [old, now] = [i < ends.before ? before[i] : undefined, j < ends.after ? after[j] : undefined]
    if (old && now && old.key === now.key) {
      if (old !== now) changes.push({ at: i, before: [old], after: [now] })
      i++
      j++
    } else if (now && !were.has(now.key)) {
      changes.push({ at: i, before: [], after: [now] })
      j++
    } else if (old && !are.has(old.key)) {
      changes.push({ at: i, before: [old], after: [] })
      i++
    } else throw new Error('the segments have changed their order')
  }
  return joined(changes)
}

/** Insertions at one place are one change: their order is theirs. */
function joined(changes: readonly Change[]): Change[] {
  const all: Change[] = []
  for (const change of changes) {
    const last = all.at(-1)
    if (last && last.at === change.at && last.before.length === 0 && change.before.length === 0)
      all[all.length - 1] = { ...last, after: [...last.after, ...change.after] }
    else all.push(change)
  }
  return all
}

export function applyChanges(segments: Segments, changes: readonly Change[]): Segments {
  if (changes.length === 0) return segments
  const after: Segment[] = []
  let next = 0
  for (const change of changes) {
    after.push(...segments.slice(next, change.at), ...change.after)
    next = change.at + change.before.length
  }
  after.push(...segments.slice(next))
  return after
}

/** What takes them back. */
export function inverted(changes: readonly Change[]): Change[] {
  let shift = 0
  return changes.map(({ at, before, after }) => {
    const inverse = { at: at + shift, before: after, after: before }
    shift += after.length - before.length
    return inverse
  })
}

/**
 * Mine, to be done after theirs, where both began with the same list. Of a line that both changed, what only one of us
 * changed is taken from each; where that cannot be, theirs stands, and mine is a clash.
 */
export function rebased(
  mine: readonly Change[],
  theirs: readonly Change[],
): { changes: Change[]; clashes: Clash[] } {
  const changes: Change[] = []
  const clashes: Clash[] = []
  for (const change of mine) {
    const shift = theirs
      .filter((other) => endOf(other) <= change.at)
      .reduce((sum, { before, after }) => sum + after.length - before.length, 0)
    const met = theirs.filter((other) => meet(change, other))
    const [only] = met
    if (!only) {
      changes.push({ ...change, at: change.at + shift })
      continue
    }
    const together = met.length === 1 ? mergedLine(change, only) : undefined
    if (together === 'same') continue
    if (together) {
      changes.push({ at: change.at + shift, before: only.after, after: [together] })
      continue
    }
    const stand = met.flatMap(({ after }) => after)
    clashes.push({
      keys: stand.map(({ key }) => key),
      base: change.before,
      mine: change.after,
      theirs: stand,
    })
  }
  return { changes, clashes }
}

const endOf = ({ at, before }: Change): number => at + before.length

/** An insertion meets only what goes on at both of its sides. */
function meet(a: Change, b: Change): boolean {
  if (a.before.length > 0 && b.before.length > 0) return a.at < endOf(b) && b.at < endOf(a)
  const [point, range] = a.before.length === 0 ? [a, b] : [b, a]
  return range.at < point.at && point.at < endOf(range)
}

/** One line that both changed: text with its words, speaker and times each from who changed them. */
function mergedLine(mine: Change, theirs: Change): Segment | 'same' | undefined {
  const [base, my, their] = [mine.before[0], mine.after[0], theirs.after[0]]
  if (mine.at !== theirs.at || mine.before.length !== 1 || theirs.before.length !== 1) return undefined
  if (mine.after.length === 0 && theirs.after.length === 0) return 'same'
  if (!base || !my || !their || mine.after.length !== 1 || theirs.after.length !== 1) return undefined
  const text = pick(base.text.trim(), my.text.trim(), their.text.trim())
  const speaker = pick(base.speaker, my.speaker, their.speaker)
  const start = pick(base.start, my.start, their.start)
  const end = pick(base.end, my.end, their.end)
  if (!text || !speaker || !start || !end) return undefined
  if ([text, speaker, start, end].every(({ value }, k) => value === valuesOf(their)[k])) return 'same'
  const { words, text: said } = text.mine ? my : their
  return {
    key: their.key,
    start: start.value,
    end: end.value,
    text: said,
    ...(words && { words }),
    ...(speaker.value !== undefined && { speaker: speaker.value }),
  }
}

const valuesOf = ({ text, speaker, start, end }: Segment) => [text.trim(), speaker, start, end]

/** Undefined: both changed it, differently. */
function pick<T>(base: T, mine: T, theirs: T): { value: T; mine: boolean } | undefined {
  if (mine === base || mine === theirs) return { value: theirs, mine: false }
  return theirs === base ? { value: mine, mine: true } : undefined
}

export interface WireChange {
  at: number
  remove: number
  insert: readonly SegmentReply[]
}

export const toWire = (
  changes: readonly Change[],
): { at: number; remove: number; insert: SegmentReply[] }[] =>
  changes.map(({ at, before, after }) => ({ at, remove: before.length, insert: unkeyed(after) }))

/** @param fresh gives a key that no segment has had */
export function fromWire(segments: Segments, changes: readonly WireChange[], fresh: () => number): Change[] {
  return changes.map(({ at, remove, insert }) => {
    const before = segments.slice(at, at + remove)
    // A line that was changed is the same line, also for whoever is in it.
    const keys = before.length === insert.length ? before.map(({ key }) => key) : []
    return { at, before, after: insert.map((segment, k) => ({ ...segment, key: keys[k] ?? fresh() })) }
  })
}
