import { SAMPLE_RATE } from '../../ports/engine.ts'

/** A little over a second, and a whole number of Silero's windows (512) and of energy frames (320). */
export const BLOCK = Math.ceil(SAMPLE_RATE / 2560) * 2560

/**
 * The same samples in blocks of one size (the last may be shorter), so that nothing that follows depends on
 * how they came in.
 */
export async function* blocks(pcm: AsyncIterable<Int16Array>): AsyncGenerator<Int16Array> {
  let block = new Int16Array(BLOCK)
  let filled = 0
  for await (const chunk of pcm) {
    for (let from = 0; from < chunk.length; ) {
      const part = chunk.subarray(from, from + BLOCK - filled)
      block.set(part, filled)
      from += part.length
      filled += part.length
      if (filled < BLOCK) break
      yield block
      block = new Int16Array(BLOCK)
      filled = 0
    }
  }
  if (filled > 0) yield block.subarray(0, filled)
}
