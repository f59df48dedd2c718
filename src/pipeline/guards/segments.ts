import { joined } from '../../domain/transcripts/join-text.ts'
import type { Recognition } from '../../ports/engine.ts'
import { isAnnotation } from './annotation.ts'
import { isCredit } from './credits.ts'
import { isTooFast } from './rate.ts'

/**
 * Without the segments that were not spoken: notes on sounds, credits of subtitles, and more text than can be
 * said until the next segment begins. Their own ends are not believed: models often leave them out.
 */
export function withoutInvented(result: Recognition, seconds: number): Recognition {
  const { segments, words, ...rest } = result
  if (!segments?.length) return result
  const until = (k: number): number => segments[k + 1]?.start ?? seconds
  const isKept = segments.map(
    ({ start, text }, k) =>
      !isAnnotation(text) && !isCredit(text) && !isTooFast(text, Math.max(0, until(k) - start)),
  )
  if (!isKept.includes(false)) return result
  const kept = segments.filter((_, k) => isKept[k])
  // Words before the first segment are in it.
  const segmentAt = (time: number): number =>
    Math.max(
      0,
      segments.findLastIndex((s) => s.start <= time),
    )
  const keptWords = words?.filter((w) => isKept[segmentAt((w.start + w.end) / 2)])
  return {
    ...rest,
    ...(keptWords?.length && { words: keptWords }),
    segments: kept,
    text: joined(kept.map((s) => s.text.trim())),
  }
}
