/** Sounds at known times, and where they are in what was decoded. */
import { expect } from 'vitest'

/** Starts of the sounds in PCM, in seconds: where its level rises after silence. */
export function onsets(pcm: Int16Array): number[] {
  const found: number[] = []
  let quiet = 1600
  pcm.forEach((sample, i) => {
    if (Math.abs(sample) < 1000) quiet++
    else {
      if (quiet > 800) found.push(i / 16_000)
      quiet = 0
    }
  })
  return found
}

export const beeps = (...at: number[]) => at.map((second) => ({ word: 'three', at: second }) as const)

export function expectOnsets(pcm: Int16Array, expected: readonly number[], within = 0.025): void {
  const found = onsets(pcm)
  expect(found.map((t) => Math.round(t * 100) / 100)).toHaveLength(expected.length)
  for (const [i, t] of expected.entries())
    expect(Math.abs(found[i]! - t), `beep ${i} at ${found[i]}`).toBeLessThan(within)
}
