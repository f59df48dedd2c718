import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FRAME, speechIn, speechRuns } from './speech-runs.ts'

const probabilities = fc
  .array(fc.integer({ min: 0, max: 100 }), { maxLength: 80 })
  .map((all) => Float32Array.from(all, (value) => value / 100))
const rules = fc.record({
  threshold: fc.constantFrom(0.3, 0.5),
  pause: fc.constantFrom(0, 0.05, 0.3),
  shortest: fc.constantFrom(0, 0.1, 0.15),
})

it('runs come one after the other, each long enough, with pauses in between', () => {
  fc.assert(
    fc.property(probabilities, rules, (speech, how) => {
      let before = Number.NEGATIVE_INFINITY
      for (const { start, end } of speechRuns(speech, how)) {
        expect(start).toBeGreaterThanOrEqual(Math.max(0, before))
        expect(start - before).toBeGreaterThanOrEqual(how.pause)
        expect(end - start).toBeGreaterThanOrEqual(how.shortest)
        expect(end).toBeLessThanOrEqual(speech.length * FRAME)
        before = end
      }
    }),
  )
})

it('the middle of a frame lies in a run just where it is speech', () => {
  fc.assert(
    fc.property(probabilities, (speech) => {
      const runs = speechRuns(speech, { threshold: 0.5, pause: 0, shortest: 0 })
      speech.forEach((probability, i) => {
        const middle = (i + 0.5) * FRAME
        const inside = runs.some(({ start, end }) => start <= middle + 1e-9 && middle - 1e-9 <= end)
        if (probability !== 0.5) expect(inside).toBe(probability > 0.5)
      })
    }),
  )
})

it('borders lie where the probability crosses the threshold', () => {
  const [run] = speechRuns(Float32Array.of(0, 0, 1, 1, 0.25, 0), { threshold: 0.5, pause: 0, shortest: 0 })
  expect(run!.start).toBeCloseTo(2 * FRAME)
  expect(run!.end).toBeCloseTo((3.5 + 2 / 3) * FRAME)
})

it('speech in a span is no more than the span, and adds up', () => {
  fc.assert(
    fc.property(probabilities, fc.double({ min: 0, max: 3, noNaN: true }), (speech, cut) => {
      const runs = speechRuns(speech, { threshold: 0.5, pause: 0, shortest: 0 })
      const all = runs.reduce((sum, { start, end }) => sum + end - start, 0)
      expect(speechIn(runs, 0, cut)).toBeLessThanOrEqual(cut)
      expect(speechIn(runs, 0, cut) + speechIn(runs, cut, 10)).toBeCloseTo(all)
    }),
  )
})
