/**
 * How much of speech the voice detector finds when it is faint, whispered, sung, or under noise, and how much it
 * finds where there is none; listening once, as Silero does by itself, and again with the level raised.
 *
 * `EARSHOT_BENCH_SPEECH`: a folder of NAME.flac with NAME.json, as test/fixtures/speech has them.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Detection } from '../src/adapters/speech-detector/detect.ts'
import { Levels } from '../src/adapters/speech-detector/levels.ts'
import { findVadModel } from '../src/adapters/speech-detector/model.ts'
import { RegionMaker } from '../src/adapters/speech-detector/regions.ts'
import { Listener, Network } from '../src/adapters/speech-detector/silero/network.ts'
import { SAMPLE_RATE } from '../src/ports/engine.ts'
import type { SpeechRegion } from '../src/ports/speech-detector.ts'
import { inNoise, louder, mixed, noise, sung, telephone, whispered } from '../test/support/altered-voices.ts'
import { spokenPcm } from '../test/support/speech.ts'

interface Part {
  start: number
  end: number
}

/** Every other of them so much fainter: the far side of a call. */
function farSide(pcm: Int16Array, parts: Part[], decibels: number): Int16Array {
  const out = pcm.slice()
  for (const { start, end } of parts.filter((_, i) => i % 2 === 1)) {
    const [from, to] = [Math.floor((start - 0.1) * SAMPLE_RATE), Math.ceil((end + 0.1) * SAMPLE_RATE)]
    out.set(louder(pcm.subarray(from, to), decibels), from)
  }
  return out
}

const MANNERS: Record<string, (pcm: Int16Array, parts: Part[]) => Int16Array> = {
  plain: (pcm) => pcm,
  '-20 dB': (pcm) => louder(pcm, -20),
  '-30 dB': (pcm) => louder(pcm, -30),
  '-40 dB': (pcm) => louder(pcm, -40),
  '-50 dB': (pcm) => louder(pcm, -50),
  'far side -30 dB': (pcm, parts) => farSide(pcm, parts, -30),
  'far side -40 dB': (pcm, parts) => farSide(pcm, parts, -40),
  telephone: (pcm) => telephone(pcm),
  'telephone -40 dB': (pcm) => louder(telephone(pcm), -40),
  'clipped +20 dB': (pcm) => louder(pcm, 20),
  whispered: (pcm) => whispered(pcm),
  'whispered -20 dB': (pcm) => louder(whispered(pcm), -20),
  sung: (pcm) => sung(pcm),
  'sung -20 dB': (pcm) => louder(sung(pcm), -20),
  'noise 10 dB below': (pcm) => inNoise(pcm, 10, 1),
  'noise 5 dB below': (pcm) => inNoise(pcm, 5, 2),
  'noise as loud': (pcm) => inNoise(pcm, 0, 3),
  '-30 dB, noise 10 dB below': (pcm) => louder(inNoise(pcm, 10, 4), -30),
}

const SECONDS = 60
const made = (sample: (t: number, i: number) => number): Int16Array =>
  Int16Array.from({ length: SECONDS * SAMPLE_RATE }, (_, i) => Math.round(sample(i / SAMPLE_RATE, i)))
const sine = (hz: number, t: number): number => Math.sin(2 * Math.PI * hz * t)
const white = (level: number, seed: number): Int16Array => noise(SECONDS * SAMPLE_RATE, level, seed)
const pink = (level: number, seed: number): Int16Array => noise(SECONDS * SAMPLE_RATE, level, seed, 'pink')
const NOTES = [262, 294, 330, 392, 440, 392, 330, 294]
const note = (t: number): number => NOTES[Math.floor(t * 2) % NOTES.length]!
const swelling = (pcm: Int16Array, hz: number): Int16Array =>
  pcm.map((s, i) => s * (0.55 + 0.45 * sine(hz, i / SAMPLE_RATE)))

const NOISES: Record<string, () => Int16Array> = {
  silence: () => new Int16Array(SECONDS * SAMPLE_RATE),
  'dither, 1 bit': () => white(1, 1),
  'hiss, 5': () => white(5, 2),
  'hiss, 40': () => white(40, 3),
  'hiss, 400': () => white(400, 4),
  'pink, 10': () => pink(10, 5),
  'pink, 100': () => pink(100, 6),
  'pink, 1500': () => pink(1500, 7),
  'pink, swelling slowly': () => swelling(pink(60, 8), 0.2),
  'pink, swelling as syllables do': () => swelling(pink(60, 9), 3),
  'hiss, swelling as breath does': () => swelling(white(30, 10), 0.4),
  hum: () => made((t) => 3000 * sine(50, t) + 1000 * sine(150, t)),
  'faint hum and hiss': () =>
    mixed(
      made((t) => 30 * sine(50, t) + 15 * sine(100, t) + 8 * sine(150, t)),
      white(3, 11),
    ),
  tone: () => made((t) => 3000 * sine(440, t)),
  'faint tone': () => made((t) => 30 * sine(440, t)),
  melody: () => made((t) => 4000 * sine(note(t), t) * Math.exp(-3 * (t % 0.5))),
  'faint melody': () => made((t) => 40 * sine(note(t), t) * Math.exp(-3 * (t % 0.5))),
  'faint melody, rich': () =>
    made(
      (t) =>
        [1, 2, 3, 4, 5].reduce((sum, k) => sum + (40 / k) * sine(note(t) * k, t), 0) *
        Math.exp(-2 * (t % 0.5)),
    ),
  clicks: () => made((_, i) => (i % 11_000 < 3 ? 8000 : 0)),
  'faint clicks in hiss': () =>
    mixed(
      made((t, i) => (i % 7000 < 20 ? 60 * sine(2500, t) : 0)),
      white(3, 12),
    ),
  drums: () => pink(3000, 13).map((s, i) => s * Math.exp(-12 * ((i / SAMPLE_RATE) % 0.5))),
  'faint drums': () => pink(60, 14).map((s, i) => s * Math.exp(-12 * ((i / SAMPLE_RATE) % 0.5))),
}

type Find = (network: Network, pcm: Int16Array) => Promise<SpeechRegion[]>

const once: Find = async (network, pcm) => {
  const listener = new Listener(network)
  const stretches = [...(await listener.push(pcm)), ...(await listener.end())]
  const levels = new Levels()
  levels.push(pcm)
  levels.end()
  const loud = levels.slice(0, levels.known)
  const maker = new RegionMaker()
  for (const [i, probability] of stretches.flatMap(({ speech }) => [...speech]).entries())
    maker.frame(probability, loud[i]!)
  return maker.end(pcm.length)
}

const again: Find = async (network, pcm) => {
  const detection = new Detection(network)
  return [...(await detection.push(pcm)).regions, ...(await detection.end()).regions]
}

/** What an engine hears before and after a region (`PADDING` of the splitter), seconds. */
const PADDING = 0.3

/** Seconds of `parts` that an engine would hear, and of regions that are beyond them. */
function compared(regions: SpeechRegion[], parts: Part[]): { found: number; beyond: number } {
  const seconds = regions.map(({ start, end }) => ({ start: start / SAMPLE_RATE, end: end / SAMPLE_RATE }))
  const total = seconds.reduce((sum, { start, end }) => sum + end - start, 0)
  return { found: shared(padded(seconds), parts), beyond: total - shared(seconds, padded(parts)) }
}

function padded(spans: Part[]): Part[] {
  const wide: Part[] = []
  for (const { start, end } of spans) {
    const last = wide.at(-1)
    if (last && last.end >= start - PADDING) last.end = end + PADDING
    else wide.push({ start: start - PADDING, end: end + PADDING })
  }
  return wide
}

/** Seconds that lie in both. */
function shared(a: Part[], b: Part[]): number {
  let sum = 0
  for (const x of a)
    for (const y of b) sum += Math.max(0, Math.min(x.end, y.end) - Math.max(x.start, y.start))
  return sum
}

interface Recording {
  name: string
  pcm: Int16Array
  parts: Part[]
}

const recordings = (folder: string): Recording[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.flac'))
    .flatMap((file) => {
      const path = join(folder, file)
      const { parts } = JSON.parse(readFileSync(path.replace(/flac$/, 'json'), 'utf8')) as { parts?: Part[] }
      return parts?.length ? [{ name: basename(file, '.flac'), pcm: spokenPcm(path), parts }] : []
    })

export async function faint(): Promise<string> {
  const network = await Network.load(findVadModel())
  const folder = process.env.EARSHOT_BENCH_SPEECH ?? join(import.meta.dirname, '../test/fixtures/speech')
  const all = recordings(folder)
  const rows: string[][] = []
  for (const [manner, alter] of Object.entries(MANNERS)) {
    const row = [manner]
    for (const { pcm, parts } of all) {
      const altered = alter(pcm, parts)
      const spoken = parts.reduce((sum, { start, end }) => sum + end - start, 0)
      for (const find of [once, again]) {
        const { found, beyond } = compared(await find(network, altered), parts)
        row.push(`${((100 * found) / spoken).toFixed(1)} % (${Math.max(0, beyond).toFixed(1)} s)`)
      }
    }
    rows.push(row)
  }
  let [noisy, longest] = [0, '']
  for (const [name, make] of Object.entries(NOISES)) {
    const { beyond } = compared(await again(network, make()), [])
    if (beyond > noisy) [noisy, longest] = [beyond, name]
  }
  const heads = ['speech', ...all.flatMap(({ name }) => [`${name}, once`, `${name}, again`])]
  const kinds = Object.keys(NOISES).length
  return [
    `| ${heads.join(' | ')} |`,
    `| ${heads.map(() => '---').join(' | ')} |`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    `In a minute each of ${kinds} kinds of noise: ${noisy.toFixed(1)} s of speech at most${longest && ` (${longest})`}.`,
  ].join('\n')
}
