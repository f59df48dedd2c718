/** What is hard to hear is heard, what is no speech is not, and nothing hangs on how the sound comes in. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  inNoise,
  louder,
  mixed,
  noise,
  sung,
  telephone,
  whispered,
} from '../../../test/support/altered-voices.ts'
import { knownSpeech, spokenPcm } from '../../../test/support/speech.ts'
import { SAMPLE_RATE } from '../../ports/engine.ts'
import type { Heard, SpeechRegion } from '../../ports/speech-detector.ts'
import { Detection } from './detect.ts'
import { findVadModel } from './model.ts'
import { Network } from './silero/network.ts'

let network: Network
beforeAll(async () => {
  network = await Network.load(findVadModel())
})

interface All {
  regions: SpeechRegion[]
  probabilities: number[]
}

async function detect(pcm: Int16Array, portion: () => number = () => SAMPLE_RATE): Promise<All> {
  const detection = new Detection(network)
  const all: All = { regions: [], probabilities: [] }
  const take = ({ regions, probabilities }: Heard): void => {
    all.regions.push(...regions)
    all.probabilities.push(...probabilities)
  }
  for (let at = 0; at < pcm.length; ) {
    const piece = pcm.slice(at, at + portion())
    take(await detection.push(piece))
    at += piece.length
  }
  take(await detection.end())
  return all
}

const speech = spokenPcm('librivox')
const sentences = knownSpeech('librivox').parts!

/** Share of the sentences that an engine hears: regions go to it with 0.3 s before and after. */
async function found(pcm: Int16Array): Promise<number> {
  const { regions } = await detect(pcm)
  let [sum, spoken] = [0, 0]
  for (const { start, end } of sentences) {
    spoken += end - start
    for (const region of regions) {
      const from = Math.max(start, region.start / SAMPLE_RATE - 0.3)
      sum += Math.max(0, Math.min(end, region.end / SAMPLE_RATE + 0.3) - from)
    }
  }
  return sum / spoken
}

/** Every other sentence so much fainter: the far end of a call. */
function farEnd(decibels: number): Int16Array {
  const pcm = speech.slice()
  for (const { start, end } of sentences.filter((_, i) => i % 2 === 1)) {
    const [from, to] = [Math.floor((start - 0.1) * SAMPLE_RATE), Math.ceil((end + 0.1) * SAMPLE_RATE)]
    pcm.set(louder(pcm.subarray(from, to), decibels), from)
  }
  return pcm
}

describe('speech is found', () => {
  const manners: Record<string, () => Int16Array> = {
    'as it is': () => speech,
    '30 dB fainter': () => louder(speech, -30),
    '50 dB fainter, where a sample has four bits': () => louder(speech, -50),
    'at the far end of a call, 30 dB fainter': () => farEnd(-30),
    'at the far end of a call, 40 dB fainter': () => farEnd(-40),
    'through a telephone': () => telephone(speech),
    'through a telephone, 40 dB fainter': () => louder(telephone(speech), -40),
    whispered: () => whispered(speech),
    'whispered, 20 dB fainter': () => louder(whispered(speech), -20),
    sung: () => sung(speech),
    'far too loud, clipped': () => louder(speech, 20),
    'in noise 5 dB below it': () => inNoise(speech, 5, 1),
    '30 dB fainter, in noise 10 dB below it': () => louder(inNoise(speech, 10, 2), -30),
  }
  it.each(Object.entries(manners))('%s', async (_, make) => {
    expect(await found(make())).toBeGreaterThan(0.98)
  })
})

describe('no speech is found', () => {
  const seconds = 20
  const made = (sample: (t: number) => number): Int16Array =>
    Int16Array.from({ length: seconds * SAMPLE_RATE }, (_, i) => Math.round(sample(i / SAMPLE_RATE)))
  const hiss = (level: number, seed: number): Int16Array => noise(seconds * SAMPLE_RATE, level, seed)
  const pink = (level: number, seed: number): Int16Array => noise(seconds * SAMPLE_RATE, level, seed, 'pink')
  const sine = (hz: number, t: number): number => Math.sin(2 * Math.PI * hz * t)
  const note = (t: number): number => [262, 294, 330, 392, 440, 392][Math.floor(t * 2) % 6]!
  const noises: Record<string, () => Int16Array> = {
    'digital silence': () => new Int16Array(seconds * SAMPLE_RATE),
    'the last bit of a converter': () => hiss(1, 1),
    'faint hiss': () => hiss(12, 2),
    'loud hiss': () => hiss(2000, 3),
    'a faint rumble': () => pink(40, 4),
    'noise that swells like syllables': () =>
      pink(60, 5).map((s, i) => s * (0.55 + 0.45 * sine(3, i / SAMPLE_RATE))),
    'noise that swells like breath': () =>
      hiss(30, 6).map((s, i) => s * (0.55 + 0.45 * sine(0.4, i / SAMPLE_RATE))),
    'the hum of the mains': () => made((t) => 30 * sine(50, t) + 15 * sine(100, t) + 8 * sine(150, t)),
    'hum under hiss': () =>
      mixed(
        made((t) => 40 * sine(50, t)),
        hiss(3, 7),
      ),
    'a faint tone': () => made((t) => 30 * sine(440, t)),
    'a faint melody': () => made((t) => 60 * sine(note(t), t) * Math.exp(-3 * (t % 0.5))),
    'faint clicks': () =>
      mixed(
        made((t) => (t % 0.4 < 0.001 ? 80 : 0)),
        hiss(2, 8),
      ),
    'faint drums': () => pink(60, 9).map((s, i) => s * Math.exp(-12 * ((i / SAMPLE_RATE) % 0.5))),
  }
  it.each(Object.entries(noises))('in %s', async (_, make) => {
    expect((await detect(make())).regions).toEqual([])
  })
})

it('says the same of faint and loud speech, however it comes in', async () => {
  const pcm = farEnd(-35).subarray(0, 14 * SAMPLE_RATE)
  const whole = await detect(pcm, () => pcm.length)
  expect(whole.regions.length).toBeGreaterThan(1)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 9 }),
      async (sizes) => {
        let i = 0
        // In small portions at first, and then in larger ones, so that it comes to an end soon.
        expect(await detect(pcm, () => sizes[i++ % sizes.length]! + i * 50)).toEqual(whole)
      },
    ),
    { numRuns: 12 },
  )
})
