/** What tells speakers from each other: how much each of them says, and where they are heard best. */
import type { SegmentReply } from '../../../../../src/contract/native.ts'

export interface Voice {
  /** Seconds that they speak. */
  seconds: number
  /** Their longest clear passage. */
  sample: Sample
}

export interface Sample {
  /** Seconds. */
  from: number
  to: number
}

/** Seconds. Longer samples say no more. */
const LONGEST = 8
/** Seconds. A longer pause ends a passage. */
const PAUSE = 1
/** How sure a model is of a word where it does not say. */
const USUAL = 0.9

interface Passage extends Sample {
  speaker: string
  sure: number
  words: number
}

/** By name. */
export function voicesIn(segments: readonly SegmentReply[]): Map<string, Voice> {
  const voices = new Map<string, Voice & { worth: number }>()
  for (const { speaker, from, to, sure, words } of passagesOf(segments)) {
    const length = Math.max(0, to - from)
    const sample = { from, to: Math.min(to, from + LONGEST) }
    const worth = Math.min(length, LONGEST) * (words > 0 ? sure / words : USUAL)
    const known = voices.get(speaker)
    const best = known && known.worth >= worth ? known : { sample, worth }
    voices.set(speaker, { ...best, seconds: (known?.seconds ?? 0) + length })
  }
  return voices
}

/** What one speaker says without a pause, and with nobody else in between. */
function passagesOf(segments: readonly SegmentReply[]): Passage[] {
  const passages: Passage[] = []
  let free = 0
  for (const { speaker, start, end, words = [] } of segments) {
    const last = passages.at(-1)
    // Where two speak at once, neither is heard well.
    const from = Math.min(end, Math.max(start, last?.speaker === speaker ? 0 : free))
    free = Math.max(free, end)
    if (speaker === undefined) continue
    const sure = words.reduce((sum, { probability = USUAL }) => sum + probability, 0)
    if (last?.speaker === speaker && from - last.to <= PAUSE && last.to <= from + PAUSE) {
      last.to = Math.max(last.to, end)
      last.sure += sure
      last.words += words.length
    } else passages.push({ speaker, from, to: end, sure, words: words.length })
  }
  return passages
}
