import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ctranslate2,
  type HuggingFaceOptions,
  type ToyWhisper,
  toyWhisper,
  writeCtranslate2,
  writeHuggingFace,
} from '../../../test/support/toy-whisper.ts'
import type { NumberType } from './numbers.ts'
import { openWeights } from './open.ts'
import { readSpec } from './spec.ts'
import { WeightsError, type WhisperWeights } from './weights.ts'

let folder: string
const touch = (name: string): void => writeFileSync(join(folder, name), 'x')
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whisper-weights-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const toy = toyWhisper({ encoderLayers: 3 })

function expectTensors(weights: WhisperWeights, { tensors }: ToyWhisper, precision?: number): void {
  for (const [name, { dims, values }] of tensors) {
    expect(weights.dims(name), name).toEqual(dims)
    const read = weights.read(name)
    if (precision === undefined)
      expect(Buffer.compare(Buffer.from(read.buffer), bytesOf(values)), name).toBe(0)
    else
      expect(Math.max(...read.map((value, i) => Math.abs(value - values[i]!))), name).toBeLessThan(precision)
  }
}

const bytesOf = (values: Float32Array): Buffer =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength)

describe("a CTranslate2 folder's weights", () => {
  it.each<[NumberType, number, number?]>([
    ['float16', 6],
    ['float16', 4],
    ['bfloat16', 6],
    ['float32', 6],
    ['float32', 3],
    ['float32', 1],
    ['int8', 6],
    ['int8', 3],
    ['int8', 2],
    // A scale for all: half of 1/1024 of the largest.
    ['int16', 6, 2 ** -11],
  ])('are read from %s in binary version %i', (type, version, precision) => {
    writeCtranslate2(folder, toy, { type, version })
    const weights = openWeights(folder)
    expect(weights.shape).toEqual({
      encoderLayers: 3,
      decoderLayers: 2,
      width: 64,
      heads: 1,
      mels: 80,
      vocabulary: toy.tokens.size,
      audioContext: 1500,
      textContext: 448,
    })
    expectTensors(weights, toy, precision)
    weights.close()
  })

  it('are found by an alias too, with the scales', () => {
    writeCtranslate2(folder, toy, { type: 'int8' })
    const weights = openWeights(folder)
    expect(weights.read('decoder/projection/weight')).toEqual(weights.read('decoder/embeddings/weight'))
    weights.close()
  })
})

describe("a Hugging Face folder's weights", () => {
  it.each<HuggingFaceOptions>([
    {},
    { type: 'float32' },
    { type: 'bfloat16' },
    { shards: 3 },
    { prefix: '' },
    { prefix: '_orig_mod.model.', shards: 2, type: 'float32' },
  ])('are the same as in CTranslate2’s layout: %o', (options) => {
    const whisper = toyWhisper({ encoderLayers: 4, decoderLayers: 2, width: 128, mels: 128, seed: 7 })
    writeHuggingFace(folder, whisper, options)
    const weights = openWeights(folder)
    writeCtranslate2(join(folder, 'other'), whisper)
    const others = openWeights(join(folder, 'other'))
    expect(weights.shape).toEqual(others.shape)
    expect(weights.shape).toMatchObject({
      encoderLayers: 4,
      decoderLayers: 2,
      width: 128,
      heads: 2,
      mels: 128,
    })
    expectTensors(weights, whisper)
    expectTensors(others, whisper)
    const spec = readSpec(folder, weights)
    expect(spec).toEqual(readSpec(join(folder, 'other'), others))
    weights.close()
    others.close()
  })

  it('need no configuration', () => {
    writeHuggingFace(folder, toy)
    rmSync(join(folder, 'config.json'))
    const weights = openWeights(folder)
    expect(weights.shape.heads).toBe(1)
    weights.close()
  })
})

describe('weights that cannot be used say what to do', () => {
  const fault = (): Error => {
    try {
      openWeights(folder).close()
    } catch (error) {
      return error as Error
    }
    throw new Error('opened')
  }

  it.each<[string, () => void, RegExp]>([
    ['an empty folder', () => {}, /needs model\.bin .* or model\.safetensors/],
    [
      'a pointer',
      () => writeFileSync(join(folder, 'model.bin'), 'version https://git-lfs.github.com/spec/v1\n'),
      /git lfs pull/,
    ],
    [
      'another kind of file',
      () => writeFileSync(join(folder, 'model.bin'), 'PK\x03\x04 some zip file'),
      /is not CTranslate2's/,
    ],
    ['nothing', () => writeFileSync(join(folder, 'model.bin'), ''), /cut short/],
    [
      'a later version',
      () => writeFileSync(join(folder, 'model.bin'), ctranslate2(toy, { type: 'float16', version: 7 })),
      /update Earshot/,
    ],
    [
      'a translation model',
      () =>
        writeFileSync(
          join(folder, 'model.bin'),
          Buffer.from(
            ctranslate2(toy, { type: 'float16', version: 6 })
              .toString('latin1')
              .replace('WhisperSpec', 'MarianSpecX'),
            'latin1',
          ),
        ),
      /holds a "MarianSpecX", not a Whisper/,
    ],
    [
      'a part of the model missing',
      () => {
        writeHuggingFace(folder, toy, { shards: 2 })
        rmSync(join(folder, 'model-00002-of-00002.safetensors'))
      },
      /lacks model-00002-of-00002\.safetensors/,
    ],
    [
      'an index that leads out of the folder',
      () =>
        writeFileSync(
          join(folder, 'model.safetensors.index.json'),
          JSON.stringify({ weight_map: { a: '../../secret.safetensors' } }),
        ),
      /is no file of weights/,
    ],
    [
      'another model of Hugging Face',
      () => {
        writeHuggingFace(folder, toy)
        writeFileSync(join(folder, 'config.json'), '{"model_type":"wav2vec2"}')
      },
      /holds a "wav2vec2" model/,
    ],
    [
      'other weights with a Whisper’s configuration',
      () => {
        const tensors = new Map(toy.tensors)
        tensors.delete('encoder/conv2/bias')
        writeHuggingFace(folder, { ...toy, tensors })
      },
      /has no encoder\/conv2\/bias/,
    ],
    [
      'sherpa-onnx’s layout',
      () => touch('tiny.en-encoder.int8.onnx'),
      /earshot models pull whisper-tiny\.en"$/,
    ],
    [
      'sherpa-onnx’s layout of another',
      () => touch('medium-aishell-encoder.onnx'),
      /pull whisper-base", or another/,
    ],
    ['whisper.cpp’s layout', () => touch('ggml-large-v3-q5_0.bin'), /pull whisper-large-v3"/],
    ['OpenAI’s layout', () => touch('small.pt'), /small\.pt.*pull whisper-small"/],
    [
      'PyTorch’s pickle',
      () => touch('pytorch_model-00001-of-00002.bin'),
      /ct2-transformers-converter --model/,
    ],
    ['an adapter', () => touch('adapter_model.safetensors'), /merge_and_unload/],
    ['a folder for a file', () => mkdirSync(join(folder, 'model.bin')), /model\.bin is not a file/],
    [
      'a layer too few',
      () => {
        const tensors = new Map(toy.tensors)
        tensors.delete('decoder/layer_1/attention/linear_1/weight')
        writeCtranslate2(folder, { ...toy, tensors })
      },
      /has no decoder\/layer_1\/attention\/linear_1\/weight/,
    ],
  ])('%s', (_, make, message) => {
    make()
    const error = fault()
    expect(error).toBeInstanceOf(WeightsError)
    expect(error.message).toMatch(message)
    expect(error.message).not.toContain('\n')
  })

  it('a folder that is not there', () => {
    rmSync(folder, { recursive: true })
    expect(fault().message).toMatch(/is not there/)
  })
})

describe("a Whisper's specification", () => {
  const spec = (whisper: ToyWhisper) => {
    const weights = openWeights(folder)
    weights.close()
    return { ...readSpec(folder, weights), tokens: whisper.tokens }
  }

  it.each([true, false])(
    'comes from the tokenizer and the configuration (multilingual: %s)',
    (multilingual) => {
      const whisper = toyWhisper({ multilingual })
      writeCtranslate2(folder, whisper)
      const { tokens } = whisper
      const id = (name: string): number => tokens.spellings.indexOf(`<|${name}|>`)
      const given = spec(whisper)
      expect(given).toMatchObject({
        multilingual,
        eot: tokens.eot,
        sot: tokens.eot + 1,
        transcribe: id('transcribe'),
        translate: id('translate'),
        sotPrev: id('startofprev'),
        noSpeech: id(multilingual ? 'nospeech' : 'nocaptions'),
        noTimestamps: id('notimestamps'),
        firstTimestamp: id('0.00'),
        suppress: tokens.suppress,
        suppressBegin: tokens.suppressBegin,
        alignmentHeads: [[1, 0]],
      })
      expect(given.languages).toEqual(multilingual ? tokens.languages : {})
    },
  )

  it('without a configuration is what OpenAI computes', () => {
    writeCtranslate2(folder, toy)
    rmSync(join(folder, 'config.json'))
    const given = spec(toy)
    const spelt = given.suppress.map((id) => toy.tokens.spellings[id])
    expect(spelt).toEqual(
      expect.arrayContaining(['"', '#', '(', '~', '<|startoftranscript|>', '<|nospeech|>', 'âĻ', 'Ġ']),
    )
    expect(spelt).not.toContain('.')
    expect(spelt).not.toContain('<|endoftext|>')
    expect(given.suppressBegin).toEqual(toy.tokens.suppressBegin)
    expect(given.alignmentHeads).toEqual([[1, 0]])
    expect(given.languages).toEqual(toy.tokens.languages)
  })

  it('reads vocabulary.json where there is no tokenizer.json', () => {
    writeCtranslate2(folder, toy, { tokenizer: 'none' })
    expect(spec(toy)).toMatchObject({
      multilingual: true,
      eot: toy.tokens.eot,
      languages: toy.tokens.languages,
    })
  })
})
