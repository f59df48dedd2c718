/**
 * What the decoder attends to: kept by the encoder once, read whole by the decoder at every step.
 *
 * To read it is half of a step's time, so it is kept in 8 bits: a fourth of the memory, a tenth less time for all
 * (base: a step of 16 rows 34 → 27 ms), and as many errors (316 wrong words over nine sets, 320 with floats). One scale
 * for all keys of a layer, and one for all its values, are off by 1 to 2 %; what the encoder computed them from is off
 * by ten.
 */
import { byHead, type CrossKind, HEAD, type LayerContext, split } from './layers.ts'
import { LARGEST, MIDDLE } from './linear.ts'
import { FLOAT, type GraphBuilder, INT8, UINT8, type Value } from './onnx.ts'

const SMALLEST = 1e-9

/** Keys and values of layer i, `ck{i}` and `cv{i}` [batch, heads, positions, 64]. */
export function crossValues(i: number, heads: number, kind: CrossKind): Value[] {
  const type = kind === 'bytes' ? UINT8 : FLOAT
  return ['ck', 'cv'].map((name) => ({
    name: `${name}${i}`,
    type,
    dims: ['batch', heads, 'positions', HEAD],
  }))
}

/** Their scales, `sk{i}` and `sv{i}`: numbers of the encoder's one row, [batch, 1, 1, 1] for the decoder. */
export function crossScales(i: number, kind: CrossKind, dims: Value['dims']): Value[] {
  return kind === 'bytes' ? ['sk', 'sv'].map((name) => ({ name: `${name}${i}`, type: FLOAT, dims })) : []
}

/** @param both keys and values of layer i side by side, [1, positions, 2 × width] */
export function keepCross({ graph, weights, cross }: LayerContext, both: string, i: number): void {
  split(graph, both, 2).forEach((half, at) => {
    const kind = at === 0 ? 'k' : 'v'
    const kept = cross === 'bytes' ? inBytes(graph, half, `s${kind}${i}`) : half
    byHead(graph, kept, weights.shape.heads, false, `c${kind}${i}`)
  })
}

function inBytes(graph: GraphBuilder, x: string, scale: string): string {
  const largest = graph.node('ReduceMax', [graph.node('Abs', [x])], { attributes: { keepdims: 0 } })
  unitOf(graph, largest, scale)
  return graph.node('QuantizeLinear', [x, scale, middle(graph)])
}

/** What one step of 127 stands for; never 0. */
function unitOf(graph: GraphBuilder, largest: string, output?: string): string {
  const some = graph.node('Max', [largest, graph.number(SMALLEST)])
  return graph.node('Mul', [some, graph.number(1 / LARGEST)], output ? { outputs: [output] } : {})
}

const middle = (graph: GraphBuilder): string => graph.constant({ data: Uint8Array.of(MIDDLE), dims: [] })

/**
 * By hand, so that the attention can be looked at.
 * @param queries [batch, length, width], already divided by √64
 * @returns `mixed` [batch, length, width]; `attention` [batch, heads, length, positions]
 */
export function attendCross(
  context: LayerContext,
  queries: string,
  i: number,
): { mixed: string; attention: string } {
  const { graph, weights, cross } = context
  const { heads, width } = weights.shape
  const turned = byHead(graph, queries, heads, true)
  const likeness =
    cross === 'bytes' ? likenessInBytes(context, turned, i) : graph.node('MatMul', [`ck${i}`, turned])
  const scores = graph.node('Transpose', [likeness], { attributes: { perm: [0, 1, 3, 2] } })
  const attention = graph.node('Softmax', [graph.node('Add', [scores, 'mask'])], { attributes: { axis: -1 } })
  const byHeads =
    cross === 'bytes' ? mixedInBytes(graph, attention, i) : graph.node('MatMul', [attention, `cv${i}`])
  const mixed = graph.node('Transpose', [byHeads], { attributes: { perm: [0, 2, 1, 3] } })
  return { mixed: graph.node('Reshape', [mixed, graph.longs(0, 0, width)]), attention }
}

/** Keys times queries, [batch, heads, positions, length]; each query is rounded with a scale of its own. */
function likenessInBytes({ graph, signedness }: LayerContext, turned: string, i: number): string {
  const largest = graph.node('ReduceMax', [graph.node('Abs', [turned]), graph.longs(2)], {
    attributes: { keepdims: 1 },
  })
  const unit = unitOf(graph, largest)
  const rounded = graph.node('Round', [graph.node('Div', [turned, unit])])
  // As with weights: signed ones are faster with VNNI, and saturate without it.
  const bytes =
    signedness === 'signed'
      ? graph.node('Cast', [rounded], { attributes: { to: INT8 } })
      : graph.node('Cast', [graph.node('Add', [rounded, graph.number(MIDDLE)])], {
          attributes: { to: UINT8 },
        })
  const inputs = [`ck${i}`, bytes, middle(graph), ...(signedness === 'signed' ? [] : [middle(graph)])]
  const factor = graph.node('Mul', [unit, `sk${i}`])
  return graph.node('Mul', [integerProduct(graph, inputs), factor])
}

/**
 * Attention times values, [batch, heads, length, 64]. Of each row the largest share is 255, and what the others lose in
 * rounding is given back to all in proportion: many small shares beside a large one are worth a lot together. Two
 * bytes for each share are no better (319 wrong words over nine sets) and take a tenth of the decoder's time.
 */
function mixedInBytes(graph: GraphBuilder, attention: string, i: number): string {
  const largest = graph.node('ReduceMax', [attention, graph.longs(-1)], { attributes: { keepdims: 1 } })
  const unit = graph.node('Mul', [largest, graph.number(1 / 255)])
  const rounded = graph.node('Round', [graph.node('Div', [attention, unit])])
  const bytes = graph.node('Cast', [rounded], { attributes: { to: UINT8 } })
  const nothing = graph.constant({ data: Uint8Array.of(0), dims: [] })
  const product = integerProduct(graph, [bytes, `cv${i}`, nothing, middle(graph)])
  const sum = graph.node('ReduceSum', [rounded, graph.longs(-1)], { attributes: { keepdims: 1 } })
  return graph.node('Mul', [product, graph.node('Div', [`sv${i}`, sum])])
}

/** A product of bytes, exact, as floats. */
const integerProduct = (graph: GraphBuilder, inputs: readonly string[]): string =>
  graph.node('Cast', [graph.node('MatMulInteger', inputs)], { attributes: { to: FLOAT } })
