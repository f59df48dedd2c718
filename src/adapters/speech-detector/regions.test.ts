import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SpeechRegion } from '../../ports/speech-detector.ts'
import { RegionMaker } from './regions.ts'

const WINDOW = 10
const LIMIT = 300

/**
 * Runs the maker against a detector that marks `spoken` windows, ends its segment with the speech, and can
 * be made to end it at once, as sherpa-onnx's does.
 */
function regionsOf(spoken: boolean[], levels: number[] = []): SpeechRegion[] {
  const maker = new RegionMaker(LIMIT, WINDOW)
  const regions: SpeechRegion[] = []
  let since: number | null = null
  spoken.forEach((speech, i) => {
    const at = i * WINDOW
    const ended: SpeechRegion[] = []
    if (speech) since ??= at
    else if (since !== null) {
      ended.push({ start: since, end: at })
      since = null
    }
    if (maker.window(at, levels[i] ?? 1, speech, ended) === 'cut') {
      maker.cut({ start: since!, end: at + WINDOW })
      since = null
      // The next window that is spoken goes on right here.
    }
    regions.push(...maker.take())
  })
  const length = spoken.length * WINDOW
  return [...regions, ...maker.end(since === null ? [] : [{ start: since, end: length + 5 }], length)]
}

const run = (windows: number, speech: boolean): boolean[] => new Array<boolean>(windows).fill(speech)

describe('RegionMaker', () => {
  it('hands on what the detector finds', () => {
    expect(regionsOf([...run(3, false), ...run(4, true), ...run(2, false), ...run(2, true)])).toEqual([
      { start: 30, end: 70 },
      { start: 90, end: 110 },
    ])
  })

  it('cuts speech without pauses at its quietest recent moment', () => {
    const levels = new Array<number>(50).fill(1)
    levels[25] = 0.1
    const regions = regionsOf([...run(40, true), ...run(3, false)], levels)
    expect(regions).toEqual([
      { start: 0, end: 255 },
      { start: 255, end: 400 },
    ])
  })

  it('ends the rest of a cut where the speech ended with it', () => {
    const regions = regionsOf([...run(31, true), ...run(10, false)])
    expect(regions.at(-1)!.end).toBe(310)
  })

  const programme = fc
    .array(fc.record({ windows: fc.integer({ min: 1, max: 90 }), speech: fc.boolean() }), { maxLength: 12 })
    .map((runs) => runs.flatMap(({ windows, speech }) => run(windows, speech)))

  it('covers exactly the speech, in order, without overlap, in bounded pieces', () => {
    fc.assert(
      fc.property(programme, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (spoken, levels) => {
        const regions = regionsOf(spoken, levels)
        const covered = new Array<boolean>(spoken.length * WINDOW).fill(false)
        let before = 0
        for (const { start, end } of regions) {
          expect(start).toBeGreaterThanOrEqual(before)
          expect(end).toBeGreaterThan(start)
          expect(end - start).toBeLessThanOrEqual(LIMIT * 1.5 + WINDOW)
          covered.fill(true, start, end)
          before = end
        }
        expect(covered).toEqual(spoken.flatMap((speech) => run(WINDOW, speech)))
      }),
    )
  })
})
