import type { Recognition } from '../../ports/engine.ts'

/**
 * Whisper's authors decode again below -1.0; speech that is only hard to understand is there as well, so what
 * is thrown away must be clearly worse.
 */
const UNSURE = -1.6

/** Whether the model itself does not believe what it wrote; false where it does not tell. */
export const isUnsure = ({ logProbability }: Recognition): boolean =>
  logProbability !== undefined && logProbability < UNSURE
