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
  const { segments, words: _, ...rest } = result
  if (!segments?.length) return result
  const kept = segments.filter(({ start, text }, k) => {
    const next = segments[k + 1]?.start ?? seconds
    return !isAnnotation(text) && !isCredit(text) && !isTooFast(text, Math.max(0, next - start))
  })
  if (kept.length === segments.length) return result
  return { ...rest, segments: kept, text: joined(kept.map((s) => s.text.trim())) }
}
