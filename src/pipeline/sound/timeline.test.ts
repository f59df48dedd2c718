import { describe, expect, it } from 'vitest'
import { Timeline, type TimelineOptions } from './timeline.ts'

const RATE = 16_000
/** 20 ms each, as a codec's frames. */
const FRAME = 320

/** What leaves for frames at these milliseconds, and the seconds that it takes. */
function placed(
  frames: readonly { at: number; pcm?: Int16Array }[],
  options: Partial<TimelineOptions> = {},
): { pcm: Int16Array; timeline: Timeline } {
  const timeline = new Timeline({ longestGap: 30, ...options })
  const pieces = frames.flatMap(({ at, pcm = loud() }) => timeline.place(pcm, at))
  const pcm = new Int16Array(pieces.reduce((n, p) => n + p.length, 0))
  let to = 0
  for (const piece of pieces) {
    pcm.set(piece, to)
    to += piece.length
  }
  return { pcm, timeline }
}

const loud = (length = FRAME): Int16Array => new Int16Array(length).fill(8000)
const quiet = (length = FRAME): Int16Array => new Int16Array(length).fill(10)
/** Frames that follow on, from `from` milliseconds. */
const frames = (count: number, from = 0, step = 20) =>
  Array.from({ length: count }, (_, k) => ({ at: from + k * step }))
const seconds = ({ pcm }: { pcm: Int16Array }): number => pcm.length / RATE

describe('what follows on', () => {
  it('stays as it is, whatever the jitter', () => {
    expect(seconds(placed(frames(50)))).toBe(1)
    expect(seconds(placed(frames(50).map(({ at }, k) => ({ at: at + (k % 2) * 15 }))))).toBe(1)
  })

  it('stays as it is in pieces of less than a millisecond', () => {
    const pieces = Array.from({ length: 12_000 }, (_, k) => ({
      at: Math.round((k * 5) / 6),
      pcm: loud(k % 3 === 0 ? 14 : 13),
    }))
    expect(seconds(placed(pieces))).toBe(10)
  })

  it('is longer than its times say, as of damaged frames: the pauses become shorter by it', () => {
    const damaged = frames(10).map(({ at }) => ({ at, pcm: loud(3 * FRAME) }))
    const rest = frames(100, 200).map(({ at }, k) => ({ at, pcm: k > 20 ? quiet() : loud() }))
    expect(seconds(placed([...damaged, ...rest]))).toBeCloseTo(2.2, 1)
  })

  it('begins late: silence before it', () => {
    const { pcm } = placed(frames(10, 2000))
    expect(pcm.length / RATE).toBeCloseTo(2.2)
    expect(pcm.findIndex((x) => x !== 0)).toBe(2 * RATE)
    expect(seconds(placed(frames(10), { pause: 1.5 }))).toBeCloseTo(1.7)
  })

  it('begins at three hours: that is where the clock stood', () => {
    expect(seconds(placed(frames(10, 3 * 3_600_000)))).toBeCloseTo(0.2)
  })
})

describe('a gap', () => {
  it('becomes silence where it is', () => {
    const { pcm, timeline } = placed([...frames(10), ...frames(10, 500)])
    expect(pcm.length / RATE).toBeCloseTo(0.7)
    expect(pcm.subarray(0.2 * RATE, 0.5 * RATE).every((x) => x === 0)).toBe(true)
    expect(timeline.gaps).toEqual([{ start: 0.2, end: 0.5 }])
  })

  it('of hours is a clock that jumped', () => {
    expect(seconds(placed([...frames(10), ...frames(10, 7_200_000)]))).toBeCloseTo(0.4)
    expect(seconds(placed([...frames(10), ...frames(10, 60_000)], { longestGap: 3600 }))).toBeCloseTo(60.2)
  })

  it('in a format without times is noted, and nothing is put there', () => {
    const { pcm, timeline } = placed([...frames(10), ...frames(10, 226)], { counted: true })
    expect(pcm.length / RATE).toBeCloseTo(0.4)
    expect(timeline.gaps).toEqual([{ start: 0.2, end: 0.2 }])
  })
})

describe('a clock that goes back', () => {
  it('takes nothing away: ffmpeg says the last time again until it has caught up', () => {
    const back = Array.from({ length: 50 }, () => ({ at: 980 }))
    expect(seconds(placed([...frames(50), ...back, ...frames(10, 1000)]))).toBeCloseTo(2.2)
  })
})

describe('a clock that runs off', () => {
  /** One second of a word, one of a pause, and so on, at a clock of `factor`. */
  const spoken = (count: number, factor: number) =>
    Array.from({ length: count }, (_, k) => ({
      at: Math.round(k * 20 * factor),
      pcm: Math.floor(k / 50) % 2 === 0 ? loud() : quiet(),
    }))
  /** The lengths of the words. */
  function words(pcm: Int16Array): number[] {
    const found: number[] = []
    let run = 0
    for (const x of [...pcm, 0]) {
      if (x === 8000) run++
      else {
        if (run > 0) found.push(run)
        run = 0
      }
    }
    return found
  }

  it.each([1.005, 1.02, 0.995, 0.98])('by a factor of %d: no word is cut, none moves away', (factor) => {
    const { pcm } = placed(spoken(3000, factor))
    expect(words(pcm)).toEqual(Array.from({ length: 30 }, () => RATE))
    expect(Math.abs(pcm.length / RATE - 60 * factor)).toBeLessThan(0.1)
    const last = pcm.lastIndexOf(8000) / RATE
    expect(Math.abs(last - 59 * factor)).toBeLessThan(0.1)
  })

  it('is set right in the end where there is no quiet place', () => {
    const { pcm } = placed(frames(3000).map(({ at }) => ({ at: Math.round(at * 1.01) })))
    expect(Math.abs(pcm.length / RATE - 60.6)).toBeLessThan(0.35)
  })
})
