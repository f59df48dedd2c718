/** Whatever is wrong with a file, reading it ends: in a WeightsError, or in tensors of a Whisper's sizes. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toyWhisper, writeCtranslate2, writeHuggingFace } from '../../../test/support/toy-whisper.ts'
import { openTokenizer } from '../text/tokenizer.ts'
import { openWeights } from './open.ts'
import { readSpec } from './spec.ts'
import { WeightsError } from './weights.ts'

const toy = toyWhisper({ encoderLayers: 1, decoderLayers: 1 })
const layouts = { ctranslate2: writeCtranslate2, 'hugging-face': writeHuggingFace }
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'whisper-damaged-'))
  for (const [name, write] of Object.entries(layouts)) write(join(folder, name), toy)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Damage = { cut: number } | { at: number; to: number }

function damaged(bytes: Buffer, damage: Damage): Buffer {
  if ('cut' in damage) return bytes.subarray(0, damage.cut)
  const copy = Buffer.from(bytes)
  copy[damage.at] = damage.to
  return copy
}

/** Anywhere; and as often where names and sizes stand, which is little of the whole. */
function damages(bytes: Buffer): fc.Arbitrary<Damage> {
  const heads: number[] = []
  for (let at = 0; at < 200; at++) heads.push(at)
  for (const word of ['coder/', '"shape"', '_scale', '"merges"', '"id"', '"vocab"'])
    for (let at = bytes.indexOf(word); at >= 0 && heads.length < 20_000; at = bytes.indexOf(word, at + 1))
      for (let near = -10; near < 70; near++)
        if (at + near >= 0 && at + near < bytes.length) heads.push(at + near)
  const at = fc.oneof(fc.nat(bytes.length - 1), fc.constantFrom(...heads))
  return fc.oneof(
    at.map((cut) => ({ cut })),
    fc.record({ at, to: fc.nat(255) }),
  )
}

/** Runs with the file damaged, and mends it. */
function eachDamage(path: string, use: () => void): void {
  const whole = readFileSync(path)
  try {
    fc.assert(
      fc.property(damages(whole), (damage) => {
        writeFileSync(path, damaged(whole, damage))
        try {
          use()
        } catch (error) {
          expect(error).toBeInstanceOf(WeightsError)
          expect((error as Error).message).not.toContain('\n')
        }
      }),
      { numRuns: 150 },
    )
  } finally {
    writeFileSync(path, whole)
  }
}

describe.each([
  ['ctranslate2', 'model.bin'],
  ['hugging-face', 'model.safetensors'],
])('damaged weights (%s)', (layout, file) => {
  it('are refused, or read in the right sizes', () => {
    eachDamage(join(folder, layout, file), () => {
      const weights = openWeights(join(folder, layout))
      try {
        for (const name of toy.tensors.keys()) {
          const dims = weights.dims(name)!
          expect(weights.read(name)).toHaveLength(dims.reduce((product, dim) => product * dim, 1))
        }
      } finally {
        weights.close()
      }
    })
  })
})

describe('a damaged file beside the weights', () => {
  it.each([
    ['ctranslate2', 'tokenizer.json'],
    ['ctranslate2', 'config.json'],
    ['hugging-face', 'generation_config.json'],
    ['hugging-face', 'config.json'],
  ])('(%s’s %s) is refused, or tokens are within the vocabulary', (layout, file) => {
    const at = join(folder, layout)
    const shape = openShape(at)
    eachDamage(join(at, file), () => {
      const spec = readSpec(at, { shape })
      const { languages, alignmentHeads, suppress, suppressBegin, multilingual: _, ...single } = spec
      const tokens = [...Object.values(single), ...Object.values(languages), ...suppress, ...suppressBegin]
      for (const id of tokens) expect(id >= 0 && id < shape.vocabulary, String(id)).toBe(true)
      expect(alignmentHeads.length).toBeGreaterThan(0)
      const tokenizer = openTokenizer(at)
      expect(tokenizer.decode(tokenizer.encode('hello'))).toBeTypeOf('string')
    })
  })
})

function openShape(at: string) {
  const weights = openWeights(at)
  weights.close()
  return weights.shape
}
