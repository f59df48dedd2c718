/**
 * Whisper models of real dimensions without trained weights, in sherpa-onnx's layout. The encoder's weights are
 * random, so its cost is the real one; the decoder computes all that a real one does, but follows a script: one
 * unit of its last layer knows each token of the script and adds the embedding of the next, and all other
 * branches add zero. What is computed, and in which precision, follows sherpa-onnx's own export (its
 * scripts/whisper/export-onnx.py): linear layers in 8 bit; convolutions, attention and the last projection, whose
 * weight stands on the left of its product, in fp32. It says nothing about accuracy.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Piece } from '../src/adapters/engine/sherpa/onnx/piece.ts'
import {
  FLOAT,
  INT64,
  input,
  intAttribute,
  intsAttribute,
  longs,
  model,
  node,
  output,
} from '../test/support/onnx.ts'
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
  TOKENS,
  VOCABULARY,
  xorshift,
} from './scripted-whisper.ts'

export type Precision = 'fp32' | 'int8'

/**
 * Writes a model folder as `EARSHOT_MODEL` takes it.
 * @param script without one, the decoder's weights are all random: what it says is nonsense, and another one for
 *   each sound
 * @param english whether it knows no other language
 */
export function writeWhisperModel(
  dir: string,
  size: Size,
  precision: Precision,
  script?: Script[],
  english = false,
): string {
  mkdirSync(dir, { recursive: true })
  const shape = SIZES[size]
  const words = script ? [...new Set(script.flatMap((s) => s.words))] : NONSENSE
  const lines = words.map((w, id) => `${Buffer.from(w).toString('base64')} ${id}`)
  writeFileSync(join(dir, 'tokens.txt'), `${lines.join('\n')}\n`)
  writeFileSync(join(dir, 'encoder.onnx'), encoder(shape, precision, english))
  writeFileSync(join(dir, 'decoder.onnx'), decoder(shape, precision, script && followers(script, words)))
  const files = { encoder: 'encoder.onnx', decoder: 'decoder.onnx', tokens: 'tokens.txt' }
  const manifest = { name: `scripted-${size}-${precision}`, family: 'whisper', files, splitter: 'silero' }
  writeFileSync(join(dir, 'earshot-model.json'), JSON.stringify(manifest))
  return dir
}

const NONSENSE = Array.from({ length: TOKENS.endOfText }, (_, token) => ` ${token}`)

interface Shape {
  state: number
  heads: number
  layers: number
}

/** The layers of which Whisper is made. */
class Graph extends Piece {
  readonly #precision: Precision

  constructor(precision: Precision) {
    super('t')
    this.#precision = precision
  }

  /** `x` times a weight of [from, to], plus a bias; the weight is 8 bit where the precision is. */
  linear(x: string, from: number, to: number, weight: Float32Array, bias?: Float32Array): string {
    const product =
      this.#precision === 'fp32'
        ? this.op('MatMul', [x, this.constant([from, to], weight)])
        : this.#quantised(x, from, to, weight)
    return bias ? this.op('Add', [product, this.constant([to], bias)]) : product
  }

  /** As onnxruntime's dynamic quantisation writes it. */
  #quantised(x: string, from: number, to: number, weight: Float32Array): string {
    let largest = 1e-9
    for (const w of weight) largest = Math.max(largest, Math.abs(w))
    const eight = new Int8Array(weight.length)
    for (let i = 0; i < weight.length; i++) eight[i] = Math.round((weight[i]! / largest) * 127)
    const [q, scale, zero] = [this.name(), this.name(), this.name()]
    this.fields.push(node('DynamicQuantizeLinear', [x], [q, scale, zero]))
    const weightZero = this.constant([], new Int8Array(1))
    const sums = this.op('MatMulInteger', [q, this.constant([from, to], eight), zero, weightZero])
    const float = this.op('Cast', [sums], intAttribute('to', FLOAT))
    const both = this.op('Mul', [scale, this.constant([], Float32Array.of(largest / 127))])
    return this.op('Mul', [float, both])
  }

  norm(x: string, state: number): string {
    const [one, zero] = [this.constant([state], filled(state, 1)), this.constant([state], filled(state, 0))]
    return this.op('LayerNormalization', [x, one, zero])
  }

  gelu(x: string): string {
    const erf = this.op('Erf', [this.op('Div', [x, this.constant([], Float32Array.of(Math.SQRT2))])])
    const one = this.op('Add', [erf, this.constant([], Float32Array.of(1))])
    return this.op('Mul', [this.op('Mul', [x, one]), this.constant([], Float32Array.of(0.5))])
  }

  /** Attention of `q` over `k` and `v`, all [1, n, state]. */
  attention(q: string, k: string, v: string, { state, heads }: Shape, mask?: string): string {
    const split = this.constant([4], longs(0, -1, heads, state / heads))
    const scale = this.constant([], Float32Array.of((heads / state) ** 0.25))
    const apart = (x: string, ...order: number[]): string =>
      this.op('Transpose', [this.op('Reshape', [x, split])], intsAttribute('perm', order))
    const scaled = (x: string): string => this.op('Mul', [x, scale])
    const scores = this.op('MatMul', [scaled(apart(q, 0, 2, 1, 3)), scaled(apart(k, 0, 2, 3, 1))])
    const heard = mask ? this.op('Add', [scores, mask]) : scores
    const weights = this.op('Softmax', [heard], intAttribute('axis', 3))
    const mixed = this.op('MatMul', [weights, apart(v, 0, 2, 1, 3)])
    const back = this.op('Transpose', [mixed], intsAttribute('perm', [0, 2, 1, 3]))
    return this.op('Reshape', [back, this.constant([3], longs(0, -1, state))])
  }

  layer(x: string, index: number): string {
    return this.op('Gather', [x, this.constant([], longs(index))], intAttribute('axis', 0))
  }
}

const random = xorshift()
const filled = (count: number, value: number): Float32Array => new Float32Array(count).fill(value)
/** Weights that keep the size of what goes through them. */
const spread = (from: number, to: number): Float32Array => {
  const scale = 3.4 / Math.sqrt(from)
  const weight = new Float32Array(from * to)
  for (let i = 0; i < weight.length; i++) weight[i] = random() * scale
  return weight
}

function encoder(shape: Shape, precision: Precision, english: boolean): Buffer {
  const { state: n, layers } = shape
  const g = new Graph(precision)
  const convolution = (x: string, from: number, stride: number): string =>
    g.op(
      'Conv',
      [x, g.constant([n, from, 3], spread(from * 3, n)), g.constant([n], filled(n, 0))],
      intsAttribute('kernel_shape', [3]),
      intsAttribute('pads', [1, 1]),
      intsAttribute('strides', [stride]),
    )
  const second = g.gelu(convolution(g.gelu(convolution('mel', MELS, 1)), n, 2))
  let x = g.op('Transpose', [second], intsAttribute('perm', [0, 2, 1]))
  const length = g.length(x, 1)
  const positions = Float32Array.from({ length: FRAMES * n }, (_, i) => position(i, n))
  x = g.op('Add', [x, g.slice(g.constant([FRAMES, n], positions), 0, length, 0)])
  for (let l = 0; l < layers; l++) x = block(g, x, shape)
  x = g.norm(x, n)
  const cross = ['k', 'v'].map((_, bias) =>
    Array.from({ length: layers }, () =>
      g.op('Unsqueeze', [g.linear(x, n, n, spread(n, n), bias ? filled(n, 0) : undefined), g.longs(0)]),
    ),
  )
  g.named('n_layer_cross_k', 'Concat', cross[0]!, intAttribute('axis', 0))
  g.named('n_layer_cross_v', 'Concat', cross[1]!, intAttribute('axis', 0))
  return model(
    'encoder',
    [
      ...g.fields,
      input('mel', FLOAT, ['N', MELS, 'T']),
      output('n_layer_cross_k', FLOAT, [layers, 'N', 'T2', n]),
      output('n_layer_cross_v', FLOAT, [layers, 'N', 'T2', n]),
    ],
    metadata(shape, english),
  )
}

function block(g: Graph, x: string, shape: Shape): string {
  const { state: n } = shape
  const h = g.norm(x, n)
  const q = g.linear(h, n, n, spread(n, n), filled(n, 0))
  const k = g.linear(h, n, n, spread(n, n))
  const v = g.linear(h, n, n, spread(n, n), filled(n, 0))
  const heard = g.linear(g.attention(q, k, v, shape), n, n, spread(n, n), filled(n, 0))
  const after = g.op('Add', [x, heard])
  const wide = g.gelu(g.linear(g.norm(after, n), n, 4 * n, spread(n, 4 * n), filled(4 * n, 0)))
  return g.op('Add', [after, g.linear(wide, 4 * n, n, spread(4 * n, n), filled(n, 0))])
}

function decoder(shape: Shape, precision: Precision, script: [number, number][] | undefined): Buffer {
  const { state: n, layers } = shape
  if (script && script.length > 4 * n) throw new Error('the script is too long for this size')
  // All that a script's model computes besides adds nothing to what it says.
  const back = (from: number): Float32Array => (script ? filled(from * n, 0) : spread(from, n))
  const g = new Graph(precision)
  const known = embeddings(n, random)
  const count = g.length('tokens', 1)
  const end = g.op('Add', ['offset', count])
  const first = g.longs(0)
  const embedding = g.constant([VOCABULARY, n], known)
  let x = g.op('Gather', [embedding, 'tokens'], intAttribute('axis', 0))
  x = g.op('Add', [x, g.slice(g.constant([CONTEXT, n], filled(CONTEXT * n, 0)), 'offset', end, 0)])
  const kept = { k: 'in_n_layer_self_k_cache', v: 'in_n_layer_self_v_cache' }
  const wide = g.slice(g.constant([CONTEXT, CONTEXT], later()), first, count, 0)
  const mask = g.slice(wide, first, count, 1)
  const rows = g.slice(g.constant([CONTEXT, 3], longs(...rowsOfCache())), first, end, 0)
  for (let l = 0; l < layers; l++) {
    const h = g.norm(x, n)
    const q = g.linear(h, n, n, spread(n, n), filled(n, 0))
    const [k, v] = (['k', 'v'] as const).map((which) => {
      const fresh = g.linear(h, n, n, spread(n, n), which === 'v' ? filled(n, 0) : undefined)
      const before = g.slice(g.layer(kept[which], l), first, 'offset', 1)
      const used = g.op('Concat', [before, fresh], intAttribute('axis', 1))
      const where = g.op('Add', [rows, g.constant([3], longs(l, 0, 0))])
      const flat = g.op('Reshape', [used, g.constant([2], longs(-1, n))])
      const out = l === layers - 1 ? `out_n_layer_self_${which}_cache` : `kept_${which}_${l}`
      g.named(out, 'ScatterND', [kept[which], where, flat])
      kept[which] = out
      return used
    })
    x = g.op('Add', [x, g.linear(g.attention(q, k!, v!, shape, mask), n, n, back(n), filled(n, 0))])
    const asked = g.linear(g.norm(x, n), n, n, spread(n, n), filled(n, 0))
    const heard = g.attention(asked, g.layer('n_layer_cross_k', l), g.layer('n_layer_cross_v', l), shape)
    x = g.op('Add', [x, g.linear(heard, n, n, back(n), filled(n, 0))])
    x = memory(g, x, n, l === layers - 1 ? script : undefined, known, back(4 * n))
  }
  // The weight on the left, as the export has it: quantisation passes over it there, so it stays fp32.
  const upright = g.op('Transpose', [g.norm(x, n)], intsAttribute('perm', [0, 2, 1]))
  const logits = g.op('MatMul', [embedding, upright])
  g.named('logits', 'Transpose', [logits], intsAttribute('perm', [0, 2, 1]))
  const cache = [layers, 'N', CONTEXT, n]
  const cross = [layers, 'N', 'T', n]
  return model(
    'decoder',
    [
      ...g.fields,
      input('tokens', INT64, ['N', 'tokens']),
      input('in_n_layer_self_k_cache', FLOAT, cache),
      input('in_n_layer_self_v_cache', FLOAT, cache),
      input('n_layer_cross_k', FLOAT, cross),
      input('n_layer_cross_v', FLOAT, cross),
      input('offset', INT64, [1]),
      output('logits', FLOAT, ['N', 'tokens', VOCABULARY]),
      output('out_n_layer_self_k_cache', FLOAT, cache),
      output('out_n_layer_self_v_cache', FLOAT, cache),
    ],
    {},
  )
}

/** A token does not look at those after it: minus infinity above the diagonal. */
const later = (): Float32Array =>
  Float32Array.from({ length: CONTEXT ** 2 }, (_, i) =>
    i % CONTEXT > Math.floor(i / CONTEXT) ? Number.NEGATIVE_INFINITY : 0,
  )

/** Where the rows of the first layer's cache are, as ScatterND takes it. */
const rowsOfCache = (): number[] => Array.from({ length: CONTEXT }, (_, row) => [0, 0, row]).flat()

/**
 * The wide layer. A normalised embedding times its own row is √n, times another about 1: the bias lies between,
 * so that the unit of a token answers to that token alone.
 */
function memory(
  g: Graph,
  x: string,
  n: number,
  script: [number, number][] | undefined,
  known: Float32Array,
  out: Float32Array,
): string {
  const wide = 4 * n
  const into = script ? new Float32Array(n * wide) : spread(n, wide)
  const bias = filled(wide, script ? -9 : 0)
  script?.forEach(([from, to], k) => {
    for (let i = 0; i < n; i++) {
      into[i * wide + k] = known[from * n + i]! * 4
      out[k * n + i] = known[to * n + i]! * 8
    }
    bias[k] = -4 * 0.75 * Math.sqrt(n)
  })
  const units = g.gelu(g.linear(g.norm(x, n), n, wide, into, bias))
  return g.op('Add', [x, g.linear(units, wide, n, out, filled(n, 0))])
}

function metadata({ state: n, heads, layers }: Shape, english: boolean): Record<string, string> {
  const numbers = {
    n_mels: MELS,
    n_audio_ctx: FRAMES,
    n_audio_state: n,
    n_audio_head: heads,
    n_audio_layer: layers,
    n_vocab: VOCABULARY,
    n_text_ctx: CONTEXT,
    n_text_state: n,
    n_text_head: heads,
    n_text_layer: layers,
    sot: TOKENS.start,
    sot_index: 0,
    eot: TOKENS.endOfText,
    blank_id: 220,
    is_multilingual: english ? 0 : 1,
    no_speech: TOKENS.noSpeech,
    translate: TOKENS.translate,
    transcribe: TOKENS.transcribe,
    no_timestamps: TOKENS.noTimestamps,
    sot_prev: 50_361,
    sot_lm: 50_360,
  }
  return {
    ...Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, String(value)])),
    model_type: 'whisper-scripted',
    sot_sequence: english ? `${TOKENS.start}` : `${TOKENS.start},${TOKENS.english},${TOKENS.transcribe}`,
    all_language_tokens: `${TOKENS.english},50261`,
    all_language_codes: 'en,de',
    non_speech_tokens: '1',
  }
}
