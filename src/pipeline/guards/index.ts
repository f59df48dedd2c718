import type { Recognition } from '../../ports/engine.ts'
import { isAnnotation } from './annotation.ts'
import { isCredit } from './credits.ts'
import { withoutLoops } from './loops.ts'
import { isUnsure } from './probability.ts'
import { isTooFast } from './rate.ts'
import { withoutInvented } from './segments.ts'

/**
 * What an engine said of a part, as far as it can be believed. Models that write text freely (Whisper, Canary…)
 * make some up where there is no speech: loops, credits of subtitles, more words than anybody can say. What a
 * part really says is left as it is. Believing what is believed changes nothing.
 * @param seconds length of the part
 */
export function believed(result: Recognition, seconds: number): Recognition {
  if (result.text.trim() === '') return result
  const kept = withoutInvented(withoutLoops(result, seconds), seconds)
  // What was left out may have stood between the turns of a loop.
  if (kept.text !== result.text) return believed(kept, seconds)
  const invented =
    isAnnotation(kept.text) || isCredit(kept.text) || isTooFast(kept.text, seconds) || isUnsure(kept)
  if (!invented) return kept
  return { text: '', ...(kept.unclear && { unclear: kept.unclear }) }
}
