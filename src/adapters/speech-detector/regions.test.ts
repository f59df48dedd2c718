import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SPEECH_FRAME as FRAME, type SpeechRegion, type SpeechSettings } from '../../ports/speech-detector.ts'
import { RegionMaker } from './regions.ts'

interface Frame {
  probability: number
  level?: number
}

/** In frames, for reading. */
function regionsOf(
  frames: Frame[],
  length = frames.length * FRAME,
  settings?: SpeechSettings,
): SpeechRegion[] {
  const maker = new RegionMaker(settings)
  const regions: SpeechRegion[] = []
  for (const { probability, level = 1 } of frames) {
    const before = maker.decided
    maker.frame(probability, level)
    const ended = maker.take()
    if (ended.some(({ start }) => start < before) || maker.decided < before)
      throw new Error('decided too early')
    regions.push(...ended)
  }
  return [...regions, ...maker.end(length)].map(({ start, end }) => ({
    start: start / FRAME,
    end: end / FRAME,
  }))
}

const run = (count: number, probability: number): Frame[] =>
  Array.from({ length: count }, () => ({ probability }))
const speech = (count: number): Frame[] => run(count, 0.9)
const silence = (count: number): Frame[] => run(count, 0.1)

describe('RegionMaker', () => {
  it('cuts at pauses of the length that is asked for', () => {
    const frames = [...speech(20), ...silence(20), ...speech(20), ...silence(40), ...speech(20)]
    const count = (pauseSeconds: number) => regionsOf(frames, undefined, { pauseSeconds }).length
    expect([0.3, 0.8, 2].map(count)).toEqual([3, 2, 1])
  })

  it('takes for speech what is as likely as is asked for', () => {
    const frames = [...silence(20), ...run(20, 0.6), ...silence(20), ...speech(20), ...silence(20)]
    const count = (threshold: number) => regionsOf(frames, undefined, { threshold }).length
    expect([0.5, 0.8, 0.95].map(count)).toEqual([2, 1, 0])
    // As likely as silence is here.
    expect(count(0.08)).toBe(1)
  })

  it('gives what is likely to be speech, from its first frame to its last', () => {
    expect(regionsOf([...silence(20), ...speech(30), ...silence(20), ...speech(5), ...silence(10)])).toEqual([
      { start: 20, end: 50 },
      { start: 70, end: 75 },
    ])
  })

  it('needs a pause of 0.3 s to end a region', () => {
    expect(regionsOf([...speech(10), ...silence(9), ...speech(10), ...silence(10)])).toHaveLength(1)
    expect(regionsOf([...speech(10), ...silence(10), ...speech(10), ...silence(10)])).toHaveLength(2)
  })

  it('does not end where it is unlikely, but not silent', () => {
    expect(regionsOf([...speech(10), ...run(30, 0.4), ...speech(10)])).toEqual([{ start: 0, end: 50 }])
    expect(regionsOf(run(50, 0.45))).toEqual([])
  })

  it('leaves out a click, and takes a short word', () => {
    expect(regionsOf([...silence(5), ...speech(3), ...silence(20)])).toEqual([])
    expect(regionsOf([...silence(5), ...speech(4), ...silence(20)])).toEqual([{ start: 5, end: 9 }])
  })

  it('takes any short pause once a region is 15 s long', () => {
    expect(regionsOf([...speech(470), ...silence(4), ...speech(50)])).toEqual([
      { start: 0, end: 470 },
      { start: 474, end: 524 },
    ])
  })

  it('cuts speech without pauses at its quietest recent moment', () => {
    const frames = speech(900)
    frames[600] = { probability: 0.9, level: 0.1 }
    frames[100] = { probability: 0.9, level: 0.01 }
    const [first, second] = regionsOf(frames)
    expect(first).toEqual({ start: 0, end: 600 })
    expect(second).toEqual({ start: 600, end: 900 })
  })

  it('ends where the recording does', () => {
    const [region] = regionsOf(speech(10), 10 * FRAME - 100)
    expect(region).toEqual({ start: 0, end: 10 - 100 / FRAME })
  })

  const programme = fc
    .array(
      fc.record({ frames: fc.integer({ min: 1, max: 2000 }), probability: fc.constantFrom(0, 0.4, 0.7) }),
      {
        maxLength: 8,
      },
    )
    .map((runs) => runs.flatMap(({ frames, probability }) => run(frames, probability)))
  const levels = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 99 })

  it('covers all speech but clicks, in order, without overlap, in bounded pieces', () => {
    fc.assert(
      fc.property(programme, levels, (frames, loud) => {
        const regions = regionsOf(frames.map((each, i) => ({ ...each, level: loud[i % loud.length]! })))
        const covered = new Set<number>()
        let before = 0
        for (const { start, end } of regions) {
          expect(start).toBeGreaterThanOrEqual(before)
          expect(end).toBeGreaterThan(start)
          expect(end - start).toBeLessThanOrEqual(25 * (16_000 / FRAME))
          for (let i = start; i < end; i++) covered.add(i)
          before = end
        }
        const missed: number[] = []
        let length = 0
        frames.forEach(({ probability }, i) => {
          length = probability >= 0.35 && (length > 0 || probability >= 0.5) ? length + 1 : 0
          const ends = (frames[i + 1]?.probability ?? 0) < 0.35
          if (length >= 4 && ends)
            for (let k = 0; k < length; k++) if (!covered.has(i - k)) missed.push(i - k)
        })
        expect(missed).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
