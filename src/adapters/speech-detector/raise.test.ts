import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SPEECH_FRAME as FRAME } from '../../ports/speech-detector.ts'
import { SILENT } from './levels.ts'
import { gainsOf, REACH, raised } from './raise.ts'

const run = (count: number, level: number): number[] => new Array<number>(count).fill(level)
/** With silence around. */
const gains = (levels: number[]): number[] =>
  gainsOf([...run(REACH, SILENT), ...levels, ...run(REACH, SILENT)]).slice(1, -1)

describe('the gain', () => {
  it('brings faint sound to the level of normal speech, and leaves normal speech alone', () => {
    expect(gains(run(60, 26))[30]).toBeCloseTo(40)
    expect(gains(run(60, 66))[30]).toBe(0)
    expect(gains(run(60, 85))[30]).toBe(0)
  })

  it('has an end, so that silence stays faint', () => {
    expect(gains(run(60, SILENT))[30]).toBe(55)
  })

  it('leaves alone what is next to loud speech, and is all there half a second from it', () => {
    const found = gains([...run(30, 70), ...run(60, 30)])
    for (const gain of found.slice(0, 34)) expect(gain).toBeLessThan(1e-9)
    expect(found[46]).toBeCloseTo(36)
  })
})

describe('raised sound', () => {
  const level = fc.integer({ min: SILENT, max: 90 })
  const sample = fc.integer({ min: -32_768, max: 32_767 })

  it('is each sample by a gain between that of its frame and its neighbours', () => {
    fc.assert(
      fc.property(
        fc.array(level, { minLength: 1, maxLength: 20 }),
        fc.array(sample, { minLength: 1, maxLength: 50 }),
        (levels, samples) => {
          const all = gainsOf([...run(REACH, SILENT), ...levels, ...run(REACH, SILENT)])
          const pcm = Int16Array.from(
            { length: 64 + levels.length * FRAME },
            (_, i) => samples[i % samples.length]!,
          )
          const wrong = [...raised(pcm, 64, all)].filter((s, i) => {
            const frame = Math.floor((i - 64) / FRAME) + 1
            const near = all.slice(Math.max(0, frame - 1), frame + 2).map((gain) => 10 ** (gain / 20))
            const [low, high] = [Math.min(...near), Math.max(...near)].map(
              (factor) => Math.abs(pcm[i]!) * factor,
            )
            const loud = Math.abs(s)
            return loud < Math.min(32_767, low!) - 1 || loud > high! + 1 || s * pcm[i]! < 0
          })
          expect(wrong).toEqual([])
        },
      ),
      { numRuns: 50 },
    )
  })

  it('goes on where the last stretch ended', () => {
    const levels = Array.from({ length: 30 }, (_, i) => 20 + 30 * Math.sin(i / 3))
    const pcm = Int16Array.from({ length: 64 + 30 * FRAME }, (_, i) => 300 * Math.sin(i / 9))
    const all = [...run(REACH, SILENT), ...levels, ...run(REACH, SILENT)]
    const whole = raised(pcm, 64, gainsOf(all))
    const stretch = (from: number, to: number): Int16Array =>
      raised(pcm.subarray(from * FRAME, 64 + to * FRAME), 64, gainsOf(all.slice(from, to + 2 * REACH)))
    const pieces = [...stretch(0, 10), ...stretch(10, 30).subarray(64)]
    const off = pieces.map((s, i) => Math.abs(s - whole[i]!))
    expect(Math.max(...off)).toBeLessThanOrEqual(1)
  })
})
