/**
 * What the decoder attends to: kept by the encoder once, read whole by the decoder at every step.
 *
 * To read it is half of a step's time, so it is kept in 8 bits: a fourth of the memory, a tenth less time for all
 * (base: a step of 16 rows 34 → 27 ms), and as many errors (316 wrong words over nine sets, 320 with floats). One scale
 * for all keys of a layer, and one for all its values, are off by 1 to 2 %; what the encoder computed them from is off
 * by ten.
 */
import { byHead, type CrossKind, cacheNames, HEAD, type LayerContext, project, split } from './layers.ts'
import { LARGEST_WEIGHT, middle, nought, unitOf } from './linear.ts'
import { FLOAT, type GraphBuilder, UINT8, type Value } from './onnx.ts'

/**
 * How a row of a cache lies in memory: so many blocks one after the other, in each so many numbers for every position.
 * Values stand head by head; keys and states as they come, all heads of a position side by side.
 */
export interface CacheLayout {
  blocks: number
  width: number
}

export const cacheLayout = (name: string, heads: number): CacheLayout =>
  name.startsWith('v') ? { blocks: heads, width: HEAD } : { blocks: 1, width: heads * HEAD }

/**
 * What the encoder hands to the decoder, [batch, blocks, positions, width]: keys and values of each layer, `ck{i}` and
 * `cv{i}`, or its states, `cs`.
 */
export function crossValues({ weights, cross }: LayerContext): Value[] {
  const { heads, decoderLayers } = weights.shape
  return (cross === 'bytes' ? cacheNames(decoderLayers) : ['s']).map((name) => {
    const { blocks, width } = cacheLayout(name, heads)
    const type = cross === 'bytes' ? UINT8 : FLOAT
    return { name: `c${name}`, type, dims: ['batch', blocks, 'positions', width] }
  })
}

/** Their scales, `sk{i}` and `sv{i}`: numbers of the encoder's one row, [batch, 1, 1, 1] for the decoder. */
export const crossScales = ({ weights, cross }: LayerContext, dims: Value['dims']): Value[] =>
  cross === 'bytes'
    ? cacheNames(weights.shape.decoderLayers).map((name) => ({ name: `s${name}`, type: FLOAT, dims }))
    : []

/** The end of the encoder. @param states what it heard, [1, positions, width] */
export function keepCross(context: LayerContext, states: string): void {
  const { graph, weights, cross } = context
  if (cross === 'states') {
    graph.node('Unsqueeze', [states, graph.longs(1)], { outputs: ['cs'] })
    return
  }
  for (let i = 0; i < weights.shape.decoderLayers; i++) {
    const [keys, values] = keysAndValues(context, states, i)
    graph.node('Unsqueeze', [inBytes(graph, keys, `sk${i}`), graph.longs(1)], { outputs: [`ck${i}`] })
    byHead(graph, inBytes(graph, values, `sv${i}`), weights.shape.heads, false, `cv${i}`)
  }
}

/** Around the decoder's loop: what it attends to, `ck{i}` and `cv{i}` [batch, heads, positions, 64], of `cs`. */
export function unfoldStates(context: LayerContext): void {
  const { graph, weights } = context
  const { decoderLayers, heads } = weights.shape
  const states = graph.node('Squeeze', ['cs', graph.longs(1)])
  for (let i = 0; i < decoderLayers; i++) {
    const [keys, values] = keysAndValues(context, states, i)
    byHead(graph, keys, heads, false, `ck${i}`)
    byHead(graph, values, heads, false, `cv${i}`)
  }
}

const keysAndValues = (context: LayerContext, states: string, i: number): [string, string] =>
  split(context.graph, project(context, states, `decoder/layer_${i}/attention/linear_1`), 2) as [
    string,
    string,
  ]

function inBytes(graph: GraphBuilder, x: string, scale: string): string {
  return graph.node('QuantizeLinear', [x, unitOf(graph, x, { output: scale }), middle(graph)])
}

/**
 * By hand, so that the attention can be looked at.
 * @param queries [batch, length, width], already divided by √64
 * @returns `mixed` [batch, length, width]; `attention` [batch, heads, length, positions], of `attentionType`: each row
 * in proportion, not a share of 1
 */
export function attendCross(
  context: LayerContext,
  queries: string,
  i: number,
): { mixed: string; attention: string } {
  const { graph, weights, cross } = context
  const { byHeads, attention } =
    cross === 'bytes' ? attendInBytes(context, queries, i) : attendInFloats(context, queries, i)
  const mixed = graph.node('Transpose', [byHeads], { attributes: { perm: [0, 2, 1, 3] } })
  return { mixed: graph.node('Reshape', [mixed, graph.longs(0, 0, weights.shape.width)]), attention }
}

interface Attended {
  /** [batch, heads, length, 64] */
  byHeads: string
  attention: string
}

function attendInFloats({ graph, weights }: LayerContext, queries: string, i: number): Attended {
  const turned = byHead(graph, queries, weights.shape.heads, true)
  const likeness = graph.node('MatMul', [`ck${i}`, turned])
  const scores = graph.node('Transpose', [likeness], { attributes: { perm: [0, 1, 3, 2] } })
  const attention = graph.node('Softmax', [graph.node('Add', [scores, 'mask'])], { attributes: { axis: -1 } })
  return { byHeads: graph.node('MatMul', [attention, `cv${i}`]), attention }
}

function attendInBytes(context: LayerContext, queries: string, i: number): Attended {
  const { graph } = context
  const scores = graph.node('Add', [likenessInBytes(context, queries, i), 'mask'])
  const largest = graph.node('ReduceMax', [scores, graph.longs(-1)], { attributes: { keepdims: 1 } })
  const exact = graph.node('Exp', [graph.node('Sub', [scores, largest])])
  const nothing = graph.constant({ data: Uint8Array.of(0), dims: [] })
  const attention = graph.node('QuantizeLinear', [exact, graph.number(1 / 255), nothing])
  return { byHeads: mixedInBytes(graph, attention, i), attention }
}

/** What is looked at afterwards is kept as it is multiplied. */
export const attentionType = (kind: CrossKind): number => (kind === 'bytes' ? UINT8 : FLOAT)

/**
 * Keys times queries, [batch, heads, length, positions]; each query is rounded with a scale of its own.
 *
 * All heads are one product: the queries stand on the diagonal of a matrix [width, heads × length] that is 0 elsewhere.
 * It multiplies eight times as much as a product for each head, and takes half the time (base, 16 rows of 22 s: six
 * layers 3.8 ms against 7.9), since the kernel computes sixteen columns where one is wanted, and copies what it reads.
 */
function likenessInBytes({ graph, weights }: LayerContext, queries: string, i: number): string {
  const { heads, width } = weights.shape
  const apart = graph.node('Reshape', [queries, graph.longs(0, 1, -1, heads, HEAD)])
  // In 7 bits, as weights: they are the right side of a product.
  const unit = unitOf(graph, apart, { axis: 4, steps: LARGEST_WEIGHT })
  const own = graph.constant({ data: diagonal(heads), dims: [1, heads, 1, heads, 1] })
  const scattered = graph.node('Mul', [graph.node('Div', [apart, unit]), own])
  const bytes = graph.node('QuantizeLinear', [scattered, graph.number(1), nought(graph)])
  const rows = graph.node('Reshape', [bytes, graph.longs(0, 1, -1, width)])
  const matrix = graph.node('Transpose', [rows], { attributes: { perm: [0, 1, 3, 2] } })
  const product = integerProduct(graph, [`ck${i}`, matrix, middle(graph), nought(graph)])
  const turned = graph.node('Transpose', [product], { attributes: { perm: [0, 1, 3, 2] } })
  const units = graph.node('Transpose', [graph.node('Reshape', [unit, graph.longs(0, -1, heads, 1)])], {
    attributes: { perm: [0, 2, 1, 3] },
  })
  const factor = graph.node('Mul', [units, `sk${i}`])
  return graph.node('Mul', [graph.node('Reshape', [turned, graph.longs(0, heads, -1, 0)]), factor])
}

function diagonal(size: number): Float32Array {
  const ones = new Float32Array(size * size)
  for (let i = 0; i < size; i++) ones[i * size + i] = 1
  return ones
}

/**
 * Attention in bytes times values, [batch, heads, length, 64]. Of each row the largest share is 255, and what the others lose in
 * rounding is given back to all in proportion: many small shares beside a large one are worth a lot together. Two
 * bytes for each share are no better (319 wrong words over nine sets) and take a tenth of the decoder's time.
 */
function mixedInBytes(graph: GraphBuilder, attention: string, i: number): string {
  const nothing = graph.constant({ data: Uint8Array.of(0), dims: [] })
  const product = integerProduct(graph, [attention, `cv${i}`, nothing, middle(graph)])
  const rounded = graph.node('Cast', [attention], { attributes: { to: FLOAT } })
  const sum = graph.node('ReduceSum', [rounded, graph.longs(-1)], { attributes: { keepdims: 1 } })
  return graph.node('Mul', [product, graph.node('Div', [`sv${i}`, sum])])
}

/** A product of bytes, exact, as floats. */
const integerProduct = (graph: GraphBuilder, inputs: readonly string[]): string =>
  graph.node('Cast', [graph.node('MatMulInteger', inputs)], { attributes: { to: FLOAT } })
