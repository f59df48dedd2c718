/**
 * A tiny Whisper with random weights, in the layouts that people have: CTranslate2's, and Hugging Face's.
 *
 * Its numbers are small whole ones times a power of two, and each row has one of 127 of these: float32, float16,
 * bfloat16 and int8 hold them exactly, so that a reader's result can be compared with them number by number.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NumberType } from '../../src/whisper/weights/numbers.ts'
import { type ToyTokens, toyTokens, writeTokenizer } from './toy-tokenizer.ts'

export interface ToyOptions {
  seed?: number
  encoderLayers?: number
  decoderLayers?: number
  /** A multiple of 64, the size of a head. */
  width?: number
  mels?: 80 | 128
  multilingual?: boolean
}

interface Tensor {
  dims: readonly number[]
  values: Float32Array
}

export interface ToyWhisper {
  tokens: ToyTokens
  heads: number
  encoderLayers: number
  decoderLayers: number
  alignmentHeads: [number, number][]
  /** By CTranslate2's names. */
  tensors: ReadonlyMap<string, Tensor>
}

type Bytes = Uint8Array | Buffer

export function toyWhisper(options: ToyOptions = {}): ToyWhisper {
  const {
    seed = 1,
    encoderLayers = 2,
    decoderLayers = 2,
    width = 64,
    mels = 80,
    multilingual = true,
  } = options
  const tokens = toyTokens(multilingual)
  const next = random(seed)
  const tensors = new Map<string, Tensor>()
  const add = (name: string, dims: number[], unit: number, base = 0): Tensor => {
    const values = new Float32Array(dims.reduce((a, b) => a * b))
    const depth = values.length / dims[0]!
    for (let i = 0; i < values.length; i++)
      values[i] = base + unit * (i % depth === 0 && dims.length > 1 ? 127 : Math.floor(next() * 255) - 127)
    const tensor = { dims, values }
    tensors.set(name, tensor)
    return tensor
  }
  const linear = (name: string, dims: number[]): Tensor => {
    add(`${name}/weight`, dims, 2 ** -9)
    return add(`${name}/bias`, dims.slice(0, 1), 2 ** -10)
  }
  const norm = (name: string): void => {
    // 1 to 2 has seven bits of fraction in bfloat16.
    add(`${name}/gamma`, [width], 2 ** -9)
    const gamma = tensors.get(`${name}/gamma`)!.values
    for (let i = 0; i < width; i++) gamma[i] = 1 + Math.abs(Math.round(gamma[i]! * 512)) / 128
    add(`${name}/beta`, [width], 2 ** -10)
  }
  const noKeyBias = (bias: Tensor, from: number): void => void bias.values.fill(0, from, from + width)
  linear('encoder/conv1', [width, mels, 3])
  linear('encoder/conv2', [width, width, 3])
  for (const [part, context, layers] of [
    ['encoder', 1500, encoderLayers],
    ['decoder', 448, decoderLayers],
  ] as const) {
    add(`${part}/position_encodings/encodings`, [context, width], 2 ** -8)
    norm(`${part}/layer_norm`)
    for (let i = 0; i < layers; i++) {
      const layer = `${part}/layer_${i}`
      norm(`${layer}/self_attention/layer_norm`)
      noKeyBias(linear(`${layer}/self_attention/linear_0`, [3 * width, width]), width)
      linear(`${layer}/self_attention/linear_1`, [width, width])
      if (part === 'decoder') {
        norm(`${layer}/attention/layer_norm`)
        linear(`${layer}/attention/linear_0`, [width, width])
        noKeyBias(linear(`${layer}/attention/linear_1`, [2 * width, width]), 0)
        linear(`${layer}/attention/linear_2`, [width, width])
      }
      norm(`${layer}/ffn/layer_norm`)
      linear(`${layer}/ffn/linear_0`, [4 * width, width])
      linear(`${layer}/ffn/linear_1`, [width, 4 * width])
    }
  }
  add('decoder/embeddings/weight', [tokens.size, width], 2 ** -8)
  const top = decoderLayers - 1
  return {
    tokens,
    heads: width / 64,
    encoderLayers,
    decoderLayers,
    alignmentHeads: [[top, 0]],
    tensors,
  }
}

/** @param tokenizer 'none' leaves only vocabulary.json, as CTranslate2's converter does by itself */
export function writeCtranslate2(
  folder: string,
  toy: ToyWhisper,
  { type = 'float16', version = 6, tokenizer = 'json' }: CtranslateOptions = {},
): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'model.bin'), ctranslate2(toy, { type, version }))
  const { tokens } = toy
  writeJson(folder, 'config.json', {
    alignment_heads: toy.alignmentHeads,
    lang_ids: Object.values(tokens.languages),
    suppress_ids: tokens.suppress,
    suppress_ids_begin: tokens.suppressBegin,
  })
  writeJson(folder, 'vocabulary.json', tokens.spellings)
  if (tokenizer === 'json') writeTokenizer(folder, tokens)
}

export interface CtranslateOptions {
  type?: NumberType
  version?: number
  tokenizer?: 'json' | 'none'
}

/** As CTranslate2's converter writes model.bin; version 3 and older knew no types but by their size. */
export function ctranslate2(
  toy: ToyWhisper,
  { type, version }: { type: NumberType; version: number },
): Buffer {
  const stored: [string, readonly number[], NumberType, Bytes][] = [
    ['decoder/num_heads', [], 'int16', encode(Float32Array.of(toy.heads), 'int16')],
    ['encoder/num_heads', [], 'int16', encode(Float32Array.of(toy.heads), 'int16')],
  ]
  for (const [name, { dims, values }] of toy.tensors) {
    if (!type.startsWith('int') || !name.endsWith('weight')) {
      const plain = type.startsWith('int') ? 'float32' : type
      stored.push([name, dims, plain, encode(values, plain)])
      continue
    }
    const rows = type === 'int8' ? dims[0]! : 1
    const scales = new Float32Array(rows)
    const quantised = new Float32Array(values.length)
    const depth = values.length / rows
    for (let row = 0; row < rows; row++) {
      const numbers = values.subarray(row * depth, (row + 1) * depth)
      scales[row] =
        (type === 'int8' ? 127 : 1024) / numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      numbers.forEach((value, i) => {
        quantised[row * depth + i] = Math.round(value * scales[row]!)
      })
    }
    stored.push([name, dims, type, encode(quantised, type)])
    stored.push([`${name}_scale`, type === 'int8' ? [rows] : [], 'float32', encode(scales, 'float32')])
  }
  const parts: Bytes[] = [uint(4, version)]
  if (version >= 2) parts.push(named('WhisperSpec'), uint(4, 3))
  parts.push(uint(4, stored.length))
  for (const [name, dims, kind, bytes] of stored) {
    parts.push(named(name), uint(1, dims.length), ...dims.map((dim) => uint(4, dim)))
    const size = { float32: 4, float16: 2, bfloat16: 2, int8: 1, int16: 2, int32: 4 }[kind]
    parts.push(
      version >= 4
        ? uint(1, ['float32', 'int8', 'int16', 'int32', 'float16', 'bfloat16'].indexOf(kind))
        : uint(1, size),
      uint(4, version >= 4 ? bytes.length : bytes.length / size),
      bytes,
    )
  }
  if (version >= 3)
    parts.push(uint(4, 1), named('decoder/projection/weight'), named('decoder/embeddings/weight'))
  return Buffer.concat(parts)
}

export interface HuggingFaceOptions {
  type?: 'float32' | 'float16' | 'bfloat16'
  /** More than one: in several files with an index. */
  shards?: number
  /** What stands before the tensors' names. */
  prefix?: string
}

export function writeHuggingFace(
  folder: string,
  toy: ToyWhisper,
  { type = 'float16', shards = 1, prefix = 'model.' }: HuggingFaceOptions = {},
): void {
  mkdirSync(folder, { recursive: true })
  const tensors = [...unfused(toy)].map(([name, tensor]) => [prefix + name, tensor] as const)
  const files = Array.from({ length: shards }, (_, i) => ({
    name: shards === 1 ? 'model.safetensors' : `model-0000${i + 1}-of-0000${shards}.safetensors`,
    tensors: tensors.filter((_, k) => k % shards === i),
  }))
  for (const { name, tensors } of files) writeFileSync(join(folder, name), safetensors(tensors, type))
  if (shards > 1)
    writeJson(folder, 'model.safetensors.index.json', {
      metadata: {},
      weight_map: Object.fromEntries(
        files.flatMap(({ name, tensors }) => tensors.map(([tensor]) => [tensor, name])),
      ),
    })
  writeHuggingFaceConfiguration(folder, toy)
  writeTokenizer(folder, toy.tokens)
}

function writeHuggingFaceConfiguration(folder: string, toy: ToyWhisper): void {
  const { tokens } = toy
  const [width, mels] = toy.tensors.get('encoder/conv1/weight')!.dims
  writeJson(folder, 'config.json', {
    model_type: 'whisper',
    architectures: ['WhisperForConditionalGeneration'],
    d_model: width,
    encoder_layers: toy.encoderLayers,
    decoder_layers: toy.decoderLayers,
    encoder_attention_heads: toy.heads,
    decoder_attention_heads: toy.heads,
    num_mel_bins: mels,
    vocab_size: tokens.size,
    max_source_positions: 1500,
    max_target_positions: 448,
  })
  writeJson(folder, 'generation_config.json', {
    alignment_heads: toy.alignmentHeads,
    is_multilingual: tokens.multilingual,
    ...(tokens.multilingual && {
      lang_to_id: Object.fromEntries(
        Object.entries(tokens.languages).map(([code, id]) => [`<|${code}|>`, id]),
      ),
    }),
    suppress_tokens: tokens.suppress,
    begin_suppress_tokens: tokens.suppressBegin,
  })
  writeJson(folder, 'preprocessor_config.json', {
    feature_size: mels,
    sampling_rate: 16_000,
    n_fft: 400,
    hop_length: 160,
  })
}

const UNFUSED: Readonly<Record<string, readonly string[]>> = {
  position_encodings: ['embed_positions'],
  embeddings: ['embed_tokens'],
  'self_attention/layer_norm': ['self_attn_layer_norm'],
  'self_attention/linear_0': ['self_attn.q_proj', 'self_attn.k_proj', 'self_attn.v_proj'],
  'self_attention/linear_1': ['self_attn.out_proj'],
  'attention/layer_norm': ['encoder_attn_layer_norm'],
  'attention/linear_0': ['encoder_attn.q_proj'],
  'attention/linear_1': ['encoder_attn.k_proj', 'encoder_attn.v_proj'],
  'attention/linear_2': ['encoder_attn.out_proj'],
  'ffn/layer_norm': ['final_layer_norm'],
  'ffn/linear_0': ['fc1'],
  'ffn/linear_1': ['fc2'],
}

/** By Hugging Face's names, which keep queries, keys and values apart, and give keys no bias. */
function* unfused(toy: ToyWhisper): Generator<[string, Tensor]> {
  for (const [name, { dims, values }] of toy.tensors) {
    const [, part, layer, what, kind] = /^(\w+?)\/(?:layer_(\d+)\/)?(.+)\/(\w+)$/.exec(name)!
    const theirs = UNFUSED[what!] ?? [what!]
    const rows = dims[0]! / theirs.length
    const size = values.length / theirs.length
    for (const [i, their] of theirs.entries()) {
      if (their.endsWith('k_proj') && kind === 'bias') continue
      yield [
        `${part}.${layer === undefined ? '' : `layers.${layer}.`}${their}.${kind === 'bias' || kind === 'beta' ? 'bias' : 'weight'}`,
        { dims: [rows, ...dims.slice(1)], values: values.slice(i * size, (i + 1) * size) },
      ]
    }
  }
}

function safetensors(
  tensors: readonly (readonly [string, Tensor])[],
  type: 'float32' | 'float16' | 'bfloat16',
): Buffer {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } }
  const parts: Bytes[] = []
  let end = 0
  for (const [name, { dims, values }] of tensors) {
    const bytes = encode(values, type)
    header[name] = {
      dtype: { float32: 'F32', float16: 'F16', bfloat16: 'BF16' }[type],
      shape: dims,
      data_offsets: [end, end + bytes.length],
    }
    end += bytes.length
    parts.push(bytes)
  }
  const json = JSON.stringify(header)
  const text = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8))
  return Buffer.concat([uint(4, text.length), uint(4, 0), text, ...parts])
}

/** The numbers' bytes, little-endian. */
function encode(values: Float32Array, type: NumberType): Bytes {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const bytes = (stored: ArrayBufferView): Bytes =>
    Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength)
  switch (type) {
    case 'float32':
      return bytes(values)
    case 'bfloat16':
      return bytes(Uint16Array.from(bits, (word) => word >>> 16))
    case 'float16':
      return bytes(Uint16Array.from(bits, half))
    default:
      return bytes({ int8: Int8Array, int16: Int16Array, int32: Int32Array }[type].from(values))
  }
}

/** Only for what a float16 holds exactly, and is not so small that it would be subnormal. */
function half(word: number): number {
  const exponent = (word >>> 23) & 255
  return exponent === 0 ? 0 : ((word >>> 16) & 0x8000) | ((exponent - 112) << 10) | ((word >>> 13) & 1023)
}

function named(text: string): Bytes {
  return Buffer.concat([uint(2, text.length + 1), Buffer.from(`${text}\0`)])
}

function uint(bytes: number, value: number): Bytes {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntLE(value, 0, bytes)
  return buffer
}

function writeJson(folder: string, name: string, value: unknown): void {
  writeFileSync(join(folder, name), JSON.stringify(value))
}

/** mulberry32 */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
