/** Where the timed words lie in a text, and what becomes of their times when the text changes. */
import type { SegmentReply } from '../../../../../src/contract/native.ts'

export type Word = NonNullable<SegmentReply['words']>[number]

export interface PlacedWord extends Word {
  /** [from, to) in the text, UTF-16 units. */
  from: number
  to: number
}

/** The words that occur in the text, one after the other. What is not found is left out. */
export function placeWords(text: string, words: readonly Word[]): PlacedWord[] {
  const placed: PlacedWord[] = []
  let cursor = 0
  for (const word of words) {
    const said = word.word.trim()
    const from = said === '' ? -1 : text.indexOf(said, cursor)
    if (from < 0) continue
    cursor = from + said.length
    placed.push({ ...word, from, to: cursor })
  }
  return placed
}

/**
 * Words for a changed text: those before and behind the change keep their times, new ones share the time of
 * those that they replace.
 * @param span of the segment, seconds: where there is no word to share with
 */
export function retimeWords(
  before: string,
  words: readonly Word[],
  after: string,
  span: { start: number; end: number },
): Word[] {
  if (before === after) return [...words]
  const placed = placeWords(before, words)
  const { from, to, shift } = changed(before, after)
  const head = placed.filter((word) => word.to < from || (word.to === from && atGap(after, from)))
  const tail = placed.slice(head.length).filter((word) => {
    return word.from > to || (word.from === to && atGap(after, to + shift))
  })
  const old = placed.slice(head.length, placed.length - tail.length)
  const middle = after.slice(head.at(-1)?.to ?? 0, (tail[0]?.from ?? before.length) + shift)
  const fresh = middle.split(/\s+/).filter(Boolean)
  // The texts may begin alike in the middle of a word, where the words themselves are the same or are not.
  while (old[0] && fresh[0] === old[0].word.trim()) {
    head.push(...old.splice(0, 1))
    fresh.shift()
  }
  for (let last = old.at(-1); last && fresh.at(-1) === last.word.trim(); last = old.at(-1)) {
    tail.unshift(...old.splice(-1))
    fresh.pop()
  }
  const edges = { start: head.at(-1)?.end ?? span.start, end: tail[0]?.start ?? span.end }
  return [...head.map(unplaced), ...share(fresh, old, edges), ...tail.map(unplaced)]
}

const unplaced = ({ from: _from, to: _to, ...word }: PlacedWord): Word => word

/** Nothing that would grow together with the word on the other side. */
const atGap = (text: string, at: number): boolean =>
  at === 0 || at === text.length || /\s/.test(text.slice(at - 1, at + 1))

/** What differs: [from, to) of the old text; what follows has moved by `shift`. */
function changed(before: string, after: string): { from: number; to: number; shift: number } {
  const longest = Math.min(before.length, after.length)
  let from = 0
  while (from < longest && before[from] === after[from]) from++
  let rest = 0
  while (rest < longest - from && before[before.length - 1 - rest] === after[after.length - 1 - rest]) rest++
  return { from, to: before.length - rest, shift: after.length - before.length }
}

/** The times of the old words for as many new ones, or their whole time in equal shares. */
function share(fresh: string[], old: readonly Word[], edges: { start: number; end: number }): Word[] {
  if (fresh.length === old.length)
    return fresh.map((word, k) => ({ word, start: old[k]?.start ?? 0, end: old[k]?.end ?? 0 }))
  const start = old[0]?.start ?? edges.start
  const end = Math.max(start, old.at(-1)?.end ?? edges.end)
  const at = (k: number): number => milliseconds(start + ((end - start) * k) / fresh.length)
  return fresh.map((word, k) => ({ word, start: at(k), end: at(k + 1) }))
}

export const milliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000
