/**
 * The twin of whisper-model.ts for whisper.cpp: the same dimensions, the same script, in ggml's format with f16
 * weights. whisper.cpp's own `whisper-quantize` makes q8_0 out of it.
 */
import { closeSync, openSync, writeSync } from 'node:fs'
import {
  CONTEXT,
  embeddings,
  FRAMES,
  followers,
  MELS,
  position,
  type Script,
  SIZES,
  type Size,
  VOCABULARY,
  xorshift,
} from './scripted-whisper.ts'

const MAGIC = 0x67676d6c
const BINS = 201
const F32 = 0
const F16 = 1
/** whisper.cpp looks these up by name when it filters what may come next, and ends where they are missing. */
const LOOKED_UP = [' ', ' -', " '"]

export function writeGgmlModel(path: string, size: Size, script: readonly Script[]): void {
  const { state, heads, layers } = SIZES[size]
  const words = [...new Set([...script.flatMap((s) => s.words), ...LOOKED_UP])]
  const file = new GgmlFile(path)
  const random = xorshift()
  const spread = (fanIn: number) => () => (random() * 3.4) / Math.sqrt(fanIn)
  file.ints(MAGIC, VOCABULARY, FRAMES, state, heads, layers, CONTEXT, state, heads, layers, MELS, F16)
  file.ints(MELS, BINS)
  file.put(melFilters())
  file.ints(words.length)
  for (const word of words) file.text(word)

  const block = new Blocks(file, state)
  file.tensor('encoder.positional_embedding', [FRAMES, state], (i) => position(i, state), F32)
  file.tensor('encoder.conv1.weight', [state, MELS, 3], spread(3 * MELS))
  file.tensor('encoder.conv1.bias', [state, 1], zero, F32)
  file.tensor('encoder.conv2.weight', [state, state, 3], spread(3 * state))
  file.tensor('encoder.conv2.bias', [state, 1], zero, F32)
  for (let layer = 0; layer < layers; layer++) {
    const name = `encoder.blocks.${layer}`
    block.norm(`${name}.attn_ln`)
    block.attention(`${name}.attn`, spread(state), spread(state))
    block.norm(`${name}.mlp_ln`)
    block.mlp(`${name}.mlp`, { up: spread(state), upBias: zero, down: spread(4 * state) })
  }
  block.norm('encoder.ln_post')

  const rules = followers(script, words)
  const embedding = embeddings(state, random)
  file.tensor('decoder.positional_embedding', [CONTEXT, state], zero, F32)
  file.tensor('decoder.token_embedding.weight', [VOCABULARY, state], (i) => embedding[i]!)
  for (let layer = 0; layer < layers; layer++) {
    const name = `decoder.blocks.${layer}`
    block.norm(`${name}.attn_ln`)
    block.attention(`${name}.attn`, spread(state), zero)
    block.norm(`${name}.cross_attn_ln`)
    block.attention(`${name}.cross_attn`, spread(state), zero)
    block.norm(`${name}.mlp_ln`)
    const last = layer === layers - 1
    block.mlp(
      `${name}.mlp`,
      last ? memory(rules, embedding, state) : { up: spread(state), upBias: zero, down: zero },
    )
  }
  block.norm('decoder.ln')
  file.close()
}

type Fill = (index: number) => number
const zero: Fill = () => 0
const one: Fill = () => 1

interface Mlp {
  up: Fill
  upBias: Fill
  down: Fill
}

/**
 * An associative memory: unit k knows the k-th token of the script and adds the embedding of the one after it.
 * A normed embedding times its own row is √state, times another about 1: the bias lies in between.
 */
function memory(rules: [number, number][], embedding: Float32Array, state: number): Mlp {
  const at = (token: number, k: number): number => embedding[token * state + k]!
  return {
    up: (i) => {
      const rule = rules[Math.floor(i / state)]
      return rule ? at(rule[0], i % state) * 4 : 0
    },
    upBias: (k) => (k < rules.length ? -4 * 0.75 * Math.sqrt(state) : -9),
    down: (i) => {
      const rule = rules[i % (4 * state)]
      return rule ? at(rule[1], Math.floor(i / (4 * state))) * 8 : 0
    },
  }
}

/** The layers that both halves are made of. */
class Blocks {
  readonly #file: GgmlFile
  readonly #state: number

  constructor(file: GgmlFile, state: number) {
    this.#file = file
    this.#state = state
  }

  norm(name: string): void {
    this.#file.tensor(`${name}.weight`, [this.#state], one)
    this.#file.tensor(`${name}.bias`, [this.#state], zero)
  }

  attention(name: string, inner: Fill, out: Fill): void {
    const square = [this.#state, this.#state]
    for (const part of ['query', 'key', 'value', 'out']) {
      this.#file.tensor(`${name}.${part}.weight`, square, part === 'out' ? out : inner)
      if (part !== 'key') this.#file.tensor(`${name}.${part}.bias`, [this.#state], zero)
    }
  }

  mlp(name: string, { up, upBias, down }: Mlp): void {
    const [narrow, wide] = [this.#state, 4 * this.#state]
    this.#file.tensor(`${name}.0.weight`, [wide, narrow], up)
    this.#file.tensor(`${name}.0.bias`, [wide], upBias)
    this.#file.tensor(`${name}.2.weight`, [narrow, wide], down)
    this.#file.tensor(`${name}.2.bias`, [narrow], zero)
  }
}

class GgmlFile {
  readonly #fd: number

  constructor(path: string) {
    this.#fd = openSync(path, 'w')
  }

  put(data: Uint8Array | Float32Array | Int32Array | Uint16Array): void {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at)
  }

  ints(...values: number[]): void {
    this.put(Int32Array.from(values))
  }

  text(text: string): void {
    const bytes = Buffer.from(text)
    this.ints(bytes.length)
    this.put(bytes)
  }

  tensor(name: string, dims: number[], fill: Fill, type = dims.length < 2 ? F32 : F16): void {
    const count = dims.reduce((a, b) => a * b, 1)
    this.ints(dims.length, Buffer.byteLength(name), type, ...dims.toReversed())
    this.put(Buffer.from(name))
    const data = type === F32 ? Float32Array.from({ length: count }, (_, i) => fill(i)) : halves(count, fill)
    this.put(data)
  }

  close(): void {
    closeSync(this.#fd)
  }
}

const wide = new Float32Array(1)
const bits = new Uint32Array(wide.buffer)

function halves(count: number, fill: Fill): Uint16Array {
  const data = new Uint16Array(count)
  for (let i = 0; i < count; i++) data[i] = half(fill(i))
  return data
}

function half(x: number): number {
  wide[0] = x
  const b = bits[0]!
  const sign = (b >>> 16) & 0x8000
  const exponent = ((b >>> 23) & 255) - 112
  return exponent <= 0 ? sign : sign | (Math.min(31, exponent) << 10) | ((b >>> 13) & 0x3ff)
}

/** 80 triangles over the bins of the Fourier transform, on Slaney's scale. */
function melFilters(): Float32Array {
  const hertz = (m: number): number =>
    m < 15 ? (m * 200) / 3 : 1000 * Math.exp(((m - 15) * Math.log(6.4)) / 27)
  const mel = (f: number): number =>
    f < 1000 ? (f * 3) / 200 : 15 + (Math.log(f / 1000) * 27) / Math.log(6.4)
  const edges = Array.from({ length: MELS + 2 }, (_, i) => hertz((mel(8000) * i) / (MELS + 1)))
  return Float32Array.from({ length: MELS * BINS }, (_, i) => {
    const [left, middle, right] = edges.slice(Math.floor(i / BINS), Math.floor(i / BINS) + 3) as [
      number,
      number,
      number,
    ]
    const f = (i % BINS) * 40
    return (
      (Math.max(0, Math.min((f - left) / (middle - left), (right - f) / (right - middle))) * 2) /
      (right - left)
    )
  })
}
