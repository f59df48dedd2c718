import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { random } from '../../../test/support/tone.ts'
import { toyWhisper, writeCtranslate2 } from '../../../test/support/toy-whisper.ts'
import { decode } from '../decoding/decode.ts'
import type { Decoded, DecodeOptions } from '../decoding/decoder.ts'
import { type Encoded, encode } from '../decoding/encode.ts'
import { openModel, type WhisperModel } from '../model.ts'
import { openTokenizer } from '../text/tokenizer.ts'
import { openWeights } from '../weights/open.ts'
import { readSpec } from '../weights/spec.ts'
import { SCHEMES, type Schemes, writeGraphs } from './build.ts'

let root: string
let folder: string
let floats: WhisperModel
let bits: WhisperModel
/** An encoder in floats, a decoder in 8 bits. */
let mixed: WhisperModel
const opened: WhisperModel[] = []

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'whisper-graphs-'))
  folder = join(root, 'weights')
  writeCtranslate2(folder, toyWhisper({ width: 128 }))
  floats = await model('float', SCHEMES.both)
  bits = await model('bits')
  mixed = await model('mixed', SCHEMES.encoder)
})
afterAll(async () => {
  for (const { encoder, decoder } of opened)
    await Promise.all([encoder.session.release(), decoder.session.release()])
  rmSync(root, { recursive: true, force: true })
})

async function model(name: string, schemes: Schemes = SCHEMES.nothing): Promise<WhisperModel> {
  const into = join(root, name)
  mkdirSync(into)
  const weights = openWeights(folder)
  const spec = readSpec(folder, weights)
  const graphs = writeGraphs(weights, spec, into, schemes)
  weights.close()
  const tokenizer = openTokenizer(folder)
  const made = await openModel(graphs, { shape: weights.shape, spec, tokenizer }, { threads: 1 })
  opened.push(made)
  return made
}

/** A tone that glides, in noise: another one for each seed. */
function sound(seed: number, seconds: number): Float32Array {
  const next = random(seed)
  const hz = 200 + 500 * next()
  return Float32Array.from({ length: 16_000 * seconds }, (_, i) => {
    const t = i / 16_000
    return 0.3 * Math.sin(2 * Math.PI * hz * t * (1 + t / 10)) + 0.05 * (next() - 0.5)
  })
}

const options = ({ spec }: WhisperModel, rows: number): DecodeOptions => ({
  prompts: Array.from({ length: rows }, () => []),
  languages: Array.from({ length: rows }, () => undefined),
  candidates: Object.values(spec.languages),
  task: 'transcribe',
  temperature: 0,
  limits: Array.from({ length: rows }, (_, row) => 12 + 9 * row),
})

function heard(
  { decoder }: WhisperModel,
  windows: readonly Encoded[],
  wishes: DecodeOptions,
  beams = 1,
): Promise<Decoded[]> {
  decoder.caches.open(windows.map(({ positions }) => positions))
  windows.forEach((window, at) => {
    decoder.caches.put(at, window)
  })
  return decode(decoder, wishes, beams)
}

/** Bytes are steps of a scale, around 128. */
const numbersOf = ({ caches, scales }: Encoded): Float32Array[] =>
  caches.map((cache, i) => Float32Array.from(cache, (byte) => (byte - 128) * scales[i]!))

/** The length of a difference over the length of what it is from. */
function relativeError(wanted: readonly ArrayLike<number>[], got: readonly ArrayLike<number>[]): number {
  let error = 0
  let all = 0
  wanted.forEach((values, k) => {
    for (let i = 0; i < values.length; i++) {
      error += (values[i]! - got[k]![i]!) ** 2
      all += values[i]! ** 2
    }
  })
  return Math.sqrt(error / all)
}

describe('a batch', () => {
  it.each(['bits', 'floats'] as const)('hears in each row what is heard in it alone: %s', async (which) => {
    const model = which === 'bits' ? bits : floats
    const windows: Encoded[] = []
    for (const [seed, seconds] of [
      [1, 3],
      [2, 11],
      [3, 20],
    ] as const)
      windows.push(await encode(model.encoder, sound(seed, seconds)))
    const together = await heard(model, windows, options(model, 3))
    for (const [i, window] of windows.entries()) {
      const { limits, ...rest } = options(model, 1)
      const [alone] = await heard(model, [window], { ...rest, limits: [12 + 9 * i] })
      const row = together[i]!
      expect(alone!.tokens.length).toBeGreaterThan(3)
      expect(row.tokens).toEqual(alone!.tokens)
      expect(row.ending).toBe(alone!.ending)
      expect(row.language).toBe(alone!.language)
      expect(row.noSpeech).toBeCloseTo(alone!.noSpeech, 4)
      expect(row.logs).toHaveLength(alone!.logs.length)
      // A sum that differs in its last bit may be rounded to the next of 255 steps.
      row.logs.forEach((log, k) => {
        expect(Math.abs(log - alone!.logs[k]!)).toBeLessThan(0.2)
      })
      expect(row.attention).toHaveLength(alone!.attention.length)
      expect(relativeError(alone!.attention, row.attention)).toBeLessThan(0.05)
    }
  })

  it('says the same again', async () => {
    const windows = [await encode(bits.encoder, sound(4, 5)), await encode(bits.encoder, sound(5, 12))]
    const first = await heard(bits, windows, options(bits, 2))
    expect(await heard(bits, windows, options(bits, 2))).toEqual(first)
  })
})

describe('several texts side by side', () => {
  const sumOf = ({ logs, endLog = 0 }: Decoded): number => logs.reduce((sum, log) => sum + log, endLog)

  it('find a likelier one, and the same whatever is beside them', async () => {
    const windows: Encoded[] = []
    for (const seed of [1, 2, 3]) windows.push(await encode(bits.encoder, sound(seed, 2 + 3 * seed)))
    const wishes = { ...options(bits, 3), limits: [15, 15, 15] }
    const greedy = await heard(bits, windows, wishes)
    const together = await heard(bits, windows, wishes, 4)
    for (const [i, window] of windows.entries()) {
      expect(sumOf(together[i]!)).toBeGreaterThanOrEqual(sumOf(greedy[i]!) - 0.01)
      const [alone] = await heard(bits, [window], { ...options(bits, 1), limits: [15] }, 4)
      expect(together[i]!.tokens).toEqual(alone!.tokens)
      expect(relativeError(alone!.attention, together[i]!.attention)).toBeLessThan(0.05)
    }
  })
})

it('weights of few bits hear nearly what floats do', async () => {
  for (const seed of [6, 7]) {
    const spoken = sound(seed, 8)
    const exact = await encode(mixed.encoder, spoken)
    const near = await encode(bits.encoder, spoken)
    expect(near.positions).toBe(exact.positions)
    expect(relativeError(numbersOf(exact), numbersOf(near))).toBeLessThan(0.1)
    await expectAlike(floats, bits, spoken)
  }
})

it('an encoder in floats, as on a graphics card, is heard by a decoder in 8 bits', async () => {
  await expectAlike(floats, mixed, sound(6, 8))
})

/** Two models think alike of the first word of a sound. */
async function expectAlike(one: WhisperModel, other: WhisperModel, spoken: Float32Array): Promise<void> {
  const logs: number[] = []
  for (const model of [one, other]) {
    const [row] = await heard(model, [await encode(model.encoder, spoken)], options(model, 1))
    logs.push(row!.logs[0]!)
  }
  expect(Math.abs(logs[0]! - logs[1]!)).toBeLessThan(0.4)
}

it('a prompt and a language are heeded, each row as it is', async () => {
  const window = await encode(bits.encoder, sound(8, 4))
  const { languages, en } = { languages: bits.spec.languages, en: bits.spec.languages.en! }
  const given = await heard(bits, [window, window], {
    ...options(bits, 2),
    languages: [languages.de, undefined],
    prompts: [
      [1, 2, 3],
      [7, 8, 9],
    ],
    limits: [6, 6],
  })
  expect(given[0]).toMatchObject({ language: languages.de, languageProbability: 1 })
  expect(Object.values(languages)).toContain(given[1]!.language)
  expect(given[1]!.languageProbability).toBeLessThan(1)
  const [alone] = await heard(bits, [window], {
    ...options(bits, 1),
    languages: [en],
    prompts: [[7, 8, 9]],
    limits: [6],
  })
  expect(alone!.tokens).toHaveLength(6)
})
