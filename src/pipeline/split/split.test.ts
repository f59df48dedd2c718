import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { random, toneAudio, toneProgramme, WORD_LENGTH } from '../../../test/support/tone.ts'
import { SPEECH_FRAME, type SpeechDetector, type SpeechRegion } from '../../ports/speech-detector.ts'
import { type Part, type SplitOptions, splitParts } from './index.ts'

const RATE = 16_000

async function* portions(pcm: Int16Array, seed: number): AsyncGenerator<Int16Array> {
  const next = random(seed)
  for (let at = 0; at < pcm.length; ) {
    const length = 1 + Math.floor(next() ** 3 * 60_000)
    yield pcm.subarray(at, at + length)
    at += length
  }
}

async function parts(pcm: Int16Array, options: Partial<SplitOptions> = {}, seed = 1): Promise<Part[]> {
  const all: Part[] = []
  const settings = { splitter: 'energy', maxPartSeconds: 28, ...options } as const
  for await (const part of splitParts(portions(pcm, seed), settings)) all.push(part)
  return all
}

/** A detector as the port has it, for tones: tells of regions late, in windows, as Silero's does. */
const toneDetector: SpeechDetector = {
  open() {
    let at = 0
    let start: number | null = null
    let end = 0
    return {
      async push(pcm) {
        const regions: SpeechRegion[] = []
        const probabilities = new Float32Array(Math.ceil(pcm.length / 512))
        for (let i = 0; i < pcm.length; i += 512, at += 512) {
          const loud = pcm.subarray(i, i + 512).some((s) => Math.abs(s) > 1000)
          probabilities[i / 512] = loud ? 1 : 0
          if (loud) {
            start ??= at
            end = at + 512
          }
          if (start !== null && (at - end > 4800 || at - start > 25 * RATE)) {
            regions.push({ start, end })
            start = null
          }
        }
        return { regions, probabilities, decided: start ?? at }
      },
      async end() {
        const regions = start === null ? [] : [{ start, end }]
        return { regions, probabilities: new Float32Array(), decided: at }
      },
      close() {},
    }
  },
  async close() {},
}

function expectSound(all: Part[], pcm: Int16Array, maxSeconds = 28): void {
  let before = 0
  all.forEach((part, i) => {
    const { index, start, end, from, to } = part
    expect(index).toBe(i)
    expect(start).toBeGreaterThanOrEqual(0)
    expect(start).toBeLessThanOrEqual(from)
    expect(from).toBeGreaterThanOrEqual(before)
    expect(to).toBeGreaterThan(from)
    expect(end).toBeGreaterThanOrEqual(to)
    expect(end).toBeLessThanOrEqual(pcm.length)
    expect(end - start).toBeLessThanOrEqual(maxSeconds * RATE)
    expect(Buffer.compare(bytes(part.pcm), bytes(pcm.subarray(start, end)))).toBe(0)
    before = to
  })
}
const bytes = (pcm: Int16Array) => Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength)
const spans = (all: Part[]) => all.map(({ pcm, speech, ...span }) => span)

const splitters = fc.constantFrom('energy', 'fixed', 'silero')

describe('every splitter', () => {
  it('gives every sound to exactly one part, however the PCM comes in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.integer({ min: 1, max: 150 }),
        splitters,
        fc.integer({ min: 4, max: 30 }),
        fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
        async (seed, seconds, splitter, maxPartSeconds, sharedSeconds) => {
          const words = toneProgramme(seed, seconds)
          const pcm = toneAudio(words, seconds)
          const options = { splitter, maxPartSeconds, sharedSeconds, detector: toneDetector } as const
          const all = await parts(pcm, options, seed)
          expectSound(all, pcm, maxPartSeconds)
          for (const { at } of words) {
            const owners = all.filter(
              (p) => p.from < (at + WORD_LENGTH) * RATE - 320 && p.to > at * RATE + 320,
            )
            if (splitter === 'fixed') expect(owners.length).toBeGreaterThan(0)
            else expect(owners.length, `word at ${at}`).toBe(1)
            const heard = all.filter((p) => p.start <= at * RATE && p.end >= (at + WORD_LENGTH) * RATE - 320)
            expect(heard.length, `word at ${at} heard whole`).toBeGreaterThan(0)
          }
          expect(spans(await parts(pcm, options, seed + 1))).toEqual(spans(all))
        },
      ),
      { numRuns: 60 },
    )
  })

  it.each(['energy', 'fixed', 'silero'] as const)('%s: makes no part of silence', async (splitter) => {
    const options = { splitter, detector: toneDetector } as const
    expect(await parts(new Int16Array(0), options)).toEqual([])
    expect(await parts(new Int16Array(90 * RATE), options)).toEqual([])
    expect(await parts(toneAudio([], 200), options)).toEqual([])
  })

  it.each(['energy', 'fixed', 'silero'] as const)('%s: keeps memory flat', async (splitter) => {
    const minute = toneAudio(toneProgramme(7, 60), 60)
    let taken = 0
    async function* hours(): AsyncGenerator<Int16Array> {
      for (let i = 0; i < 120; i++) {
        // An hour of words, then an hour of silence.
        yield i < 60 ? minute : new Int16Array(minute.length)
        taken = i
      }
    }
    let ahead = 0
    let last = 0
    for await (const part of splitParts(hours(), { splitter, maxPartSeconds: 28, detector: toneDetector })) {
      ahead = Math.max(ahead, taken * 60 - part.end / RATE)
      last = part.to
    }
    expect(last / RATE).toBeGreaterThan(3590)
    expect(ahead, 'seconds between what was read and what came out').toBeLessThan(120)
  })

  it('gives the first part early', async () => {
    const pcm = toneAudio(toneProgramme(3, 120), 120)
    for (const splitter of ['energy', 'fixed'] as const) {
      const [first, ...rest] = await parts(pcm, { splitter })
      expect(first!.end / RATE, splitter).toBeLessThan(8)
      expect(Math.max(...rest.map((p) => p.end - p.start)) / RATE, splitter).toBeGreaterThan(12)
    }
  })
})

describe('cutting at pauses', () => {
  const at = (...seconds: number[]) => seconds.map((s) => ({ word: 'four', at: s }) as const)

  it('hears as much before a voice as is asked for', async () => {
    const pcm = toneAudio([{ word: 'one', at: 3 }], 6)
    const before = async (paddingMs?: number) => {
      const [part] = await parts(pcm, {
        splitter: 'silero',
        detector: toneDetector,
        ...(paddingMs !== undefined && { vad: { paddingMs } }),
      })
      return 3 - part!.start / RATE
    }
    for (const [paddingMs, seconds] of [
      [undefined, 0.3],
      [0, 0],
      [800, 0.8],
    ] as const)
      expect(Math.abs((await before(paddingMs)) - seconds)).toBeLessThan(0.05)
  })

  it('does not carry long silences along', async () => {
    const all = await parts(toneAudio(at(1, 1.5, 4, 30, 30.4), 40))
    const bounds = all.map((p) => [p.start / RATE, p.end / RATE].map((s) => Math.round(s * 10) / 10))
    expect(bounds).toEqual([
      [0.7, 2.1],
      [3.7, 4.6],
      [29.7, 31],
    ])
  })

  it('cuts running sound at its quietest place, and both parts hear what is around it', async () => {
    const pcm = new Int16Array(60 * RATE)
    for (let i = 0; i < pcm.length; i++) pcm[i] = 8000 * Math.sin(i / 5)
    // A dip of a tenth of a second, too short for a pause.
    pcm.fill(0, 24 * RATE, 24.1 * RATE)
    const [first, second, ...rest] = await parts(pcm)
    expect(first!.to / RATE).toBeCloseTo(24.05, 1)
    expect(second!.from).toBe(first!.to)
    expect(first!.end - first!.to).toBe(RATE)
    expect(second!.from - second!.start).toBe(RATE)
    expect(rest.at(-1)!.to).toBe(pcm.length)
  })

  it('finds sound in noise, and takes steady noise for none', async () => {
    const next = random(5)
    const pcm = toneAudio(at(50, 51, 52), 70).map((s) => s + (next() - 0.5) * 600)
    const late = (await parts(pcm)).filter((p) => p.start > 40 * RATE)
    expect(late).toHaveLength(1)
    expect(late[0]!.start / RATE).toBeCloseTo(49.7, 1)
    expect(late[0]!.end / RATE).toBeCloseTo(52.6, 0)
  })
})

describe('what the detector says', () => {
  it('goes along with each part, to within half a frame', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 20, max: 200 }), async (seed, seconds) => {
        const pcm = toneAudio(toneProgramme(seed, seconds), seconds)
        for (const { start, speech, ...part } of await parts(
          pcm,
          { splitter: 'silero', detector: toneDetector },
          seed,
        )) {
          expect(speech).toHaveLength(Math.ceil(part.pcm.length / SPEECH_FRAME))
          const wrong = [...speech!.entries()].filter(([i, probability]) => {
            const nearest = Math.round((start + i * SPEECH_FRAME) / SPEECH_FRAME) * SPEECH_FRAME
            const frame = pcm.subarray(nearest, nearest + SPEECH_FRAME)
            return probability !== (frame.some((s) => Math.abs(s) > 1000) ? 1 : 0)
          })
          expect(wrong).toEqual([])
        }
      }),
      { numRuns: 20 },
    )
  })

  it('is not known where none listens', async () => {
    const all = await parts(toneAudio(toneProgramme(4, 20), 20))
    expect(all.map(({ speech }) => speech)).toEqual(all.map(() => undefined))
  })
})

describe('a short recording that slots share', () => {
  const seconds = (part: Part): number => (part.to - part.from) / RATE
  const shared = (pcm: Int16Array): Promise<Part[]> =>
    parts(pcm, { splitter: 'silero', detector: toneDetector, sharedSeconds: pcm.length / RATE })
  /** Words without a pause that the detector would see, from a tenth of a second on. */
  const dense = (length: number): Int16Array =>
    toneAudio(
      Array.from({ length: Math.floor((length - 0.2) / (WORD_LENGTH + 0.12)) }, (_, i) => ({
        word: i % 2 ? 'one' : 'two',
        at: 0.1 + i * (WORD_LENGTH + 0.12),
      })),
      length,
    )

  it.each([8, 12, 15, 22])('of %i s is cut between two words near its middle', async (length) => {
    const all = await shared(dense(length))
    expect(all).toHaveLength(2)
    for (const part of all) expect(seconds(part)).toBeGreaterThan(length * 0.28)
    expectSound(all, dense(length))
  })

  it('is cut at a pause instead, where there is one', async () => {
    const words = [0.5, 1.5, 2.5, 3.5, 6.5, 7.5, 8.5, 9.5, 10.5, 11.5]
    const pcm = toneAudio(
      words.map((at) => ({ word: 'one', at })),
      12.5,
    )
    const all = await parts(pcm, { sharedSeconds: 12.5 })
    expect(all.map(({ start, from }) => start === from)).toEqual([true, true])
    expect(all[1]!.from / RATE).toBeGreaterThan(3.5 + WORD_LENGTH)
    expect(all[1]!.from / RATE).toBeLessThan(6.5)
  })

  it('is left whole in running sound, and when it is very short', async () => {
    const running = toneAudio([], 15).map((_, i) => 8000 * Math.sin(i / 9))
    expect(await shared(running)).toHaveLength(1)
    expect(await shared(dense(6))).toHaveLength(1)
  })

  it('is cut as ever where its length was a lie', async () => {
    const pcm = dense(100)
    const all = await parts(pcm, { splitter: 'silero', detector: toneDetector, sharedSeconds: 20 })
    expectSound(all, pcm)
    expect(all.at(-1)!.to / RATE).toBeGreaterThan(99)
  })
})
