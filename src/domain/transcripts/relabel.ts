/** Who speaks, found anew: the labels of a transcript that was recognised, and perhaps edited, before. */

import type { Turn } from '../../ports/diarizer.ts'
import type { Segment } from '../../ports/transcript.ts'
import type { Change } from './changes.ts'
import { joined } from './join-text.ts'
import { type Spoken, spokenIn } from './speakers.ts'

export interface Relabelled {
  changes: Change[]
  /** How many people speak. */
  speakers: number
}

/** What changes in the segments. Words and their times stay; a line is cut where somebody else begins to speak. */
export function relabelled(segments: readonly Segment[], turns: readonly Turn[]): Relabelled {
  if (turns.length === 0) return { changes: [], speakers: 0 }
  const spoken = spokenIn(segments, turns).map((pieces, k) => inOrder(pieces, segments[k]!, segments[k + 1]))
  const names = namesOf(spoken)
  const lines = spoken.map((pieces) =>
    pieces.map(({ segment, speaker }) => ({ ...segment, speaker: names.get(speaker)! })),
  )
  return { changes: changesOf(segments, lines), speakers: names.size }
}

/** Where the next line begins before a cut, it stays whole: the lines of a transcript are in the order of their times. */
function inOrder(pieces: Spoken[], segment: Segment, next: Segment | undefined): Spoken[] {
  if (!next || pieces.at(-1)!.segment.start <= next.start) return pieces
  const longest = pieces.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one))
  return [{ segment, speaker: longest.speaker }]
}

const lengthOf = ({ segment }: Spoken): number => segment.end - segment.start

/** Lines that belong together change together. */
function changesOf(before: readonly Segment[], lines: readonly Segment[][]): Change[] {
  const changes: Change[] = []
  for (let at = 0; at < before.length; ) {
    let insert = lines[at]!
    let remove = 1
    while (at + remove < before.length && wasCut(before[at + remove - 1]!, before[at + remove]!)) {
      const [last, next] = [insert.at(-1)!, lines[at + remove]![0]!]
      if (last.speaker !== next.speaker) break
      insert = [...insert.slice(0, -1), together(last, next), ...lines[at + remove]!.slice(1)]
      remove++
    }
    if (remove > 1 || insert.length > 1 || insert[0]!.speaker !== before[at]!.speaker)
      changes.push({ at, remove, insert })
    at += remove
  }
  return changes
}

/** Seconds: a shorter pause is within a sentence. */
const PAUSE = 0.6
/** Seconds: the ends of words are known no better. */
const OVERLAP = 0.1
/** A sentence may have ended. */
const ENDS = /[.!?。！？…؟।]["'”’»)\]]*\s*$/u

/** Whether a sentence was cut where, as was thought, somebody else began to speak. */
const wasCut = (one: Segment, next: Segment): boolean =>
  one.speaker !== next.speaker && follows(next.start - one.end) && !ENDS.test(one.text)

/** Two that speak at once say two sentences. */
const follows = (pause: number): boolean => pause < PAUSE && pause > -OVERLAP

function together(one: Segment, next: Segment): Segment {
  const words = one.words && next.words ? [...one.words, ...next.words] : undefined
  const { words: _, tokens: __, ...rest } = one
  return {
    ...rest,
    end: Math.max(one.end, next.end),
    text: joined([one.text.trim(), next.text.trim()]),
    ...(words && { words }),
  }
}

/** Whoever was called something keeps the name of whom they were taken for the longest; others get numbers. */
function namesOf(spoken: readonly Spoken[][]): Map<number, string> {
  const shares = new Map<string, { speaker: number; name: string; seconds: number }>()
  const order: number[] = []
  for (const { segment, speaker } of spoken.flat()) {
    if (!order.includes(speaker)) order.push(speaker)
    const name = segment.speaker
    if (name === undefined) continue
    const key = `${speaker} ${name}`
    const share = shares.get(key) ?? { speaker, name, seconds: 0 }
    share.seconds += segment.end - segment.start
    shares.set(key, share)
  }
  const names = new Map<number, string>()
  const taken = new Set<string>()
  for (const { speaker, name } of [...shares.values()].sort((a, b) => b.seconds - a.seconds)) {
    if (names.has(speaker) || taken.has(name)) continue
    names.set(speaker, name)
    taken.add(name)
  }
  let number = 1
  for (const speaker of order) {
    if (names.has(speaker)) continue
    while (taken.has(`Speaker ${number}`)) number++
    names.set(speaker, `Speaker ${number}`)
    taken.add(`Speaker ${number}`)
  }
  return names
}
