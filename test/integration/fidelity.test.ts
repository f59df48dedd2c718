/**
 * Random programmes of tones in all kinds of files, with engines killed: every word once, in its order, at its
 * time. `npm run bench -- fidelity` does the same at length.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Fidelity, fidelity } from '../support/fidelity.ts'
import { scratch } from '../support/media.ts'

const TRIALS = 14
/** Seconds. */
const LONGEST = 90
/** Seconds: a frame of the model, and what a codec adds. */
const START = 0.1
const DRIFT = 0.04

let trials: Fidelity
let dispose: () => Promise<void>
beforeAll(async () => {
  const { dir, ...rest } = await scratch()
  dispose = rest.dispose
  trials = fidelity(dir)
})
afterAll(async () => {
  await trials.close()
  await dispose()
})

it.each(Array.from({ length: TRIALS }, (_, k) => 100 + k))('programme %i', async (seed) => {
  const trial = await trials.run(seed, LONGEST)
  const { lost, extra, disordered, worstError, drift } = trial
  expect({ lost, extra, disordered }, JSON.stringify(trial)).toEqual({ lost: 0, extra: 0, disordered: 0 })
  expect(worstError, JSON.stringify(trial)).toBeLessThan(START)
  expect(Math.abs(drift), JSON.stringify(trial)).toBeLessThan(DRIFT)
})
