import { expect, it } from 'vitest'
import type { WhisperSpec } from '../weights/spec.ts'
import { Sampler } from './sampler.ts'

const END = 5
const spec = { eot: END, suppress: [1, 40], suppressBegin: [END, 2] } as unknown as WhisperSpec
const LOGITS = [0, 9, 1, 2, -1, 1.5]

/** As the decoder's graph chooses: the largest of the sums. */
function chosen(bias: ArrayLike<number>, row: number): number {
  const sums = LOGITS.map((logit, i) => logit + bias[row * (END + 1) + i]!)
  return sums.indexOf(Math.max(...sums))
}

it('without a temperature the likeliest is taken of what may be said', () => {
  const sampler = new Sampler(spec, 0)
  expect(chosen(sampler.bias(3, false).data as Float32Array, 0)).toBe(3)
  expect(sampler.bias(3, false).dims).toEqual([1, 1, END + 1])
})

it.each([0.4, 1])('at a temperature of %d each is taken as often as its share says', (temperature) => {
  const sampler = new Sampler(spec, temperature)
  const shares = LOGITS.map((logit, i) => (i === 1 ? 0 : Math.exp(logit / temperature)))
  const total = shares.reduce((a, b) => a + b)
  const counts = LOGITS.map(() => 0)
  const rows = 8
  const rounds = 5000
  for (let round = 0; round < rounds; round++) {
    const { data, dims } = sampler.bias(rows, false)
    expect(dims).toEqual([rows, 1, END + 1])
    for (let row = 0; row < rows; row++) counts[chosen(data as Float32Array, row)]!++
  }
  counts.forEach((count, i) => {
    expect(Math.abs(count / (rows * rounds) - shares[i]! / total)).toBeLessThan(0.015)
  })
})

it('neither a blank nor the end comes first', () => {
  const sampler = new Sampler(spec, 1)
  for (let round = 0; round < 500; round++)
    expect([0, 3, 4]).toContain(chosen(sampler.bias(1, true).data as Float32Array, 0))
})

it('the same noise comes each time: the same sound gives the same text', () => {
  expect(new Sampler(spec, 0.6).bias(2, false).data).toEqual(new Sampler(spec, 0.6).bias(2, false).data)
})
