/** Products with a matrix of weights, of 8 bits and fewer. */
import { type GraphBuilder, MICROSOFT } from './onnx.ts'
import type { Tensor } from './tensors.ts'

/**
 * How a product is computed.
 *
 * - `whole`: weights of 7 bits with a scale for each output, 8-bit activations with one scale for the whole tensor. The
 *   fastest, and the one that loses most where a few activations are large.
 * - `rows`: the same with one scale for each row, for what comes out of a Gelu.
 * - `blocks`: 8-bit weights and activations with a scale for each block of 128 along the input. Nearly as good as
 *   floats, and each row is rounded on its own, so that what is computed beside it changes nothing.
 * - `float`: for comparison.
 *
 * Base, 30 s, 2 threads with VNNI: `whole` 136 ms, `blocks` 230, `float` 239 for the encoder; relative error of its
 * output 0.148, 0.026, 0. Blocks of 4 bits were rejected: 56 % of the Spanish words were wrong, against 21 %.
 */
export type Scheme = 'whole' | 'rows' | 'blocks' | 'float'

export interface Matrix {
  /** Row-major, [outputs, inputs]. */
  data: Float32Array
  outputs: number
  inputs: number
}

export function linear(
  graph: GraphBuilder,
  x: string,
  matrix: Matrix,
  bias: Float32Array | undefined,
  scheme: Scheme,
): string {
  const biasName = bias ? graph.constant({ data: bias, dims: [bias.length] }) : ''
  if (scheme === 'blocks') return blocksProduct(graph, x, matrix, biasName)
  if (scheme === 'whole') return wholeProduct(graph, x, matrix, biasName)
  if (scheme === 'rows') return rowsProduct(graph, x, matrix, biasName)
  const y = graph.node('MatMul', [x, graph.constant(transposed(matrix))])
  return biasName ? graph.node('Add', [y, biasName]) : y
}

function wholeProduct(graph: GraphBuilder, x: string, matrix: Matrix, bias: string): string {
  const { weights, scales, zeroPoints } = wholeOf(matrix)
  const inputs = [x, ...[weights, scales, zeroPoints].map((t) => graph.constant(t))]
  return graph.node('DynamicQuantizeMatMul', bias ? [...inputs, bias] : inputs, { domain: MICROSOFT })
}

/** Gelu goes no lower: what is above it decides how large a row is. */
const GELU_DEPTH = 0.17

/** Each row is made as large as any other before it is rounded, and small again afterwards. */
function rowsProduct(graph: GraphBuilder, x: string, matrix: Matrix, bias: string): string {
  const largest = graph.node('ReduceMax', [x, graph.longs(-1)], { attributes: { keepdims: 1 } })
  const size = graph.node('Max', [largest, graph.number(GELU_DEPTH)])
  const even = graph.node('Div', [x, size])
  const y = graph.node('Mul', [wholeProduct(graph, even, matrix, ''), size])
  return bias ? graph.node('Add', [y, bias]) : y
}

/** A matrix of weights of 7 bits, as constants of a graph. */
interface Bytes {
  /** [inputs, outputs] */
  weights: string
  /** [outputs] */
  scales: string
}

export function bytesOf(graph: GraphBuilder, matrix: Matrix): Bytes {
  const { weights, scales } = wholeOf(matrix)
  return { weights: graph.constant(weights), scales: graph.constant(scales) }
}

/**
 * Weights of 7 bits with a scale for each output, and each row of activations rounded with a scale of its own, whatever
 * is computed beside it. For many rows and outputs it takes half of the time of `blocks` (base, 16 rows: a decoder's step
 * 27.0 → 24.6 ms with the logits alone); in smaller products the eight nodes for one cost as much as they save.
 */
export function bytesProduct(graph: GraphBuilder, x: string, { weights, scales }: Bytes): string {
  const unit = unitOf(graph, x, { axis: -1 })
  const rounded = graph.node('QuantizeLinear', [graph.node('Div', [x, unit]), graph.number(1), middle(graph)])
  const inputs = [rounded, weights, graph.number(1), scales, middle(graph), nought(graph)]
  return graph.node('Mul', [graph.node('MatMulIntegerToFloat', inputs, { domain: MICROSOFT }), unit])
}

/** Keeps numbers that are all 0 from being divided by 0. */
const SMALLEST = 1e-9

/** What one of `steps` stands for, for all numbers of a tensor or for those along an axis, which becomes 1 long. */
export function unitOf(
  graph: GraphBuilder,
  x: string,
  { axis, output, steps = LARGEST }: { axis?: number; output?: string; steps?: number },
): string {
  const sizes = graph.node('Abs', [x])
  const largest = graph.node('ReduceMax', axis === undefined ? [sizes] : [sizes, graph.longs(axis)], {
    attributes: { keepdims: axis === undefined ? 0 : 1 },
  })
  const some = graph.node('Max', [largest, graph.number(SMALLEST)])
  return graph.node('Mul', [some, graph.number(1 / steps)], output ? { outputs: [output] } : {})
}

/** What stands for 0 in bytes without a sign. */
export const middle = (graph: GraphBuilder): string =>
  graph.constant({ data: Uint8Array.of(MIDDLE), dims: [] })

/** And in bytes with one. */
export const nought = (graph: GraphBuilder): string => graph.constant({ data: Int8Array.of(0), dims: [] })

interface Blocks {
  size: number
  /** [outputs, blocks, size], unsigned around 128. */
  weights: string
  /** [outputs × blocks] */
  scales: string
}

function blocksProduct(graph: GraphBuilder, x: string, matrix: Matrix, bias: string): string {
  const { inputs, outputs } = matrix
  const { size, weights, scales } = blocksOf(graph, matrix)
  return graph.node('MatMulNBits', bias ? [x, weights, scales, '', '', bias] : [x, weights, scales], {
    domain: MICROSOFT,
    attributes: { K: inputs, N: outputs, bits: 8, block_size: size, accuracy_level: 4 },
  })
}

function blocksOf(graph: GraphBuilder, { data, outputs, inputs }: Matrix): Blocks {
  const size = blockSize(inputs)
  const count = inputs / size
  const bytes = new Uint8Array(data.length)
  const scaleValues = new Float32Array(outputs * count)
  for (let block = 0; block < scaleValues.length; block++) {
    const from = block * size
    const scale = scaleOf(data, from, from + size, LARGEST)
    scaleValues[block] = scale
    for (let i = from; i < from + size; i++) bytes[i] = Math.round(data[i]! / scale) + MIDDLE
  }
  return {
    size,
    weights: graph.constant({ data: bytes, dims: [outputs, count, size] }),
    scales: graph.constant({ data: scaleValues, dims: [scaleValues.length] }),
  }
}

/** The largest that the kernel takes and that divides the length: widths of Whisper are multiples of 128. */
function blockSize(inputs: number): number {
  for (let size = 128; size >= 16; size /= 2) if (inputs % size === 0) return size
  throw new RangeError(`a product over ${inputs} inputs cannot be cut into blocks`)
}

/** Of a byte with a sign; and what stands for 0 in one without. */
const LARGEST = 127
const MIDDLE = 128
const SMALLEST_SCALE = 1e-12

/** Rounded to a 32-bit float, as it is stored: what is divided by it is multiplied by the same number again. */
function scaleOf(data: Float32Array, from: number, to: number, steps: number): number {
  let largest = 0
  for (let i = from; i < to; i++) {
    const size = Math.abs(data[i]!)
    if (size > largest) largest = size
  }
  return Math.fround(Math.max(largest / steps, SMALLEST_SCALE))
}

/**
 * Without VNNI, CPUs of Intel and AMD add two products of bytes in 16 bits and cut off what does not fit. With weights
 * of 7 bits it does: 2 × 255 × 64 is less than 2¹⁵. So every CPU takes its quickest instructions, and all of them come to
 * the same numbers. Weights of 8 bits need slower ones on those CPUs (base: 2.49 s of encoder against 1.96), and are no
 * better: what is lost is lost in the activations (1077 wrong words over thirteen sets with 8 bits, 1041 with 7 and even
 * channels).
 */
export const LARGEST_WEIGHT = 64

function wholeOf({ data, outputs, inputs }: Matrix) {
  const weights = new Int8Array(data.length)
  const scales = new Float32Array(outputs)
  for (let out = 0; out < outputs; out++) {
    const from = out * inputs
    const scale = scaleOf(data, from, from + inputs, LARGEST_WEIGHT)
    scales[out] = scale
    for (let i = 0; i < inputs; i++) {
      const rounded = Math.round(data[from + i]! / scale)
      weights[i * outputs + out] = Math.max(-LARGEST_WEIGHT, Math.min(LARGEST_WEIGHT, rounded))
    }
  }
  return {
    weights: { data: weights, dims: [inputs, outputs] } satisfies Tensor,
    scales: { data: scales, dims: [outputs] } satisfies Tensor,
    zeroPoints: { data: new Int8Array(outputs), dims: [outputs] } satisfies Tensor,
  }
}

/** [inputs, outputs] */
export function transposed({ data, outputs, inputs }: Matrix): Tensor {
  const turned = new Float32Array(data.length)
  for (let out = 0; out < outputs; out++)
    for (let i = 0; i < inputs; i++) turned[i * outputs + out] = data[out * inputs + i]!
  return { data: turned, dims: [inputs, outputs] }
}
