import type { Turn } from '../../ports/diarizer.ts'
import type { Segment, Word } from '../../ports/transcript.ts'
import { stretches } from './stretches.ts'

/**
 * Segments with their speakers. Where the times of words are known, a segment in which another one begins to
 * speak is cut there; else it is whoever speaks most in it. What lies in nobody's turn is the nearest one's.
 * @param known names of the known voices, by their number
 */
export function withSpeakers(
  segments: readonly Segment[],
  turns: readonly Turn[],
  known: readonly string[] = [],
): Segment[] {
  if (turns.length === 0) return [...segments]
  const speakers = new Speakers(turns)
  const names = new Map<number, string>()
  for (const { speaker, known: voice } of turns)
    if (voice !== undefined && known[voice] !== undefined) names.set(speaker, known[voice])
  let numbered = 0
  const nameOf = (speaker: number): string => {
    const name = names.get(speaker) ?? `Speaker ${++numbered}`
    names.set(speaker, name)
    return name
  }
  return segments
    .flatMap((segment) => bySpeaker(segment, speakers))
    .map(({ segment, speaker }) => ({ ...segment, speaker: nameOf(speaker) }))
}

export interface Spoken {
  segment: Segment
  speaker: number
}

/** What of each segment is whose. */
export function spokenIn(segments: readonly Segment[], turns: readonly Turn[]): Spoken[][] {
  const speakers = new Speakers(turns)
  return segments.map((segment) => bySpeaker(segment, speakers))
}

function bySpeaker(segment: Segment, speakers: Speakers): Spoken[] {
  const { text, words } = segment
  const whole = (): Spoken[] => [{ segment, speaker: speakers.during(segment.start, segment.end) }]
  if (!words || words.length < 2) return whole()
  const texts = stretches(
    text,
    words.map(({ word }) => word),
  )
  if (!texts) return whole()
  const runs: { words: Word[]; texts: { text: string; spaced: boolean }[]; speaker: number }[] = []
  words.forEach((word, i) => {
    const speaker = speakers.during(word.start, word.end)
    const last = runs.at(-1)
    if (last?.speaker === speaker) {
      last.words.push(word)
      last.texts.push(texts[i]!)
    } else runs.push({ words: [word], texts: [texts[i]!], speaker })
  })
  if (runs.length === 1) return [{ segment, speaker: runs[0]!.speaker }]
  const { tokens: _, ...parent } = segment
  return runs.map((run, i) => ({
    speaker: run.speaker,
    segment: {
      ...parent,
      // The ends of a segment may lie outside of its words.
      start: i === 0 ? segment.start : run.words[0]!.start,
      end: i === runs.length - 1 ? segment.end : run.words.at(-1)!.end,
      text: run.texts.reduce((all, { text, spaced }, k) => all + (k > 0 && spaced ? ' ' : '') + text, ''),
      words: run.words,
    },
  }))
}

/** The turns, found by their seconds. */
class Speakers {
  readonly #turns: readonly Turn[]
  readonly #bySecond = new Map<number, Turn[]>()

  constructor(turns: readonly Turn[]) {
    this.#turns = turns
    for (const turn of turns)
      for (let second = Math.floor(turn.start); second <= turn.end; second++) {
        const known = this.#bySecond.get(second)
        if (known) known.push(turn)
        else this.#bySecond.set(second, [turn])
      }
  }

  /** Who speaks most from `start` to `end`, or nearest to it. */
  during(start: number, end: number): number {
    const shares = new Map<number, number>()
    for (const turn of this.#around(start, end)) {
      const share = Math.min(end, turn.end) - Math.max(start, turn.start)
      if (share > 0) shares.set(turn.speaker, (shares.get(turn.speaker) ?? 0) + share)
    }
    const [most] = [...shares].sort((a, b) => b[1] - a[1])
    return most ? most[0] : this.#nearest(start, end)
  }

  #around(start: number, end: number): Set<Turn> {
    const found = new Set<Turn>()
    for (let second = Math.floor(start); second <= end; second++)
      for (const turn of this.#bySecond.get(second) ?? []) found.add(turn)
    return found
  }

  #nearest(start: number, end: number): number {
    const apart = (turn: Turn): number => Math.max(turn.start - end, start - turn.end)
    return this.#turns.reduce((best, turn) => (apart(turn) < apart(best) ? turn : best)).speaker
  }
}
