import { intsAttribute, longs, node, tensor } from '../onnx/build.ts'
import { intsOf, type OnnxGraph, type OnnxNode } from '../onnx/graph.ts'

/** Of Whisper's decoder; `state` is the length of all its heads together. */
export interface DecoderShape {
  layers: number
  heads: number
  state: number
}

/**
 * The recording's keys and values for each layer apart. sherpa-onnx's models hand those of all layers over in one
 * tensor each; for every token each layer copies its own out of it and turns them, which is more than half of a step's
 * work. Here the encoder turns them, once, and each layer reads its own from an input of the decoder.
 *
 * The same numbers are computed in the same order. @returns whether it changed both graphs
 */
export function handOverByLayer(
  encoder: OnnxGraph,
  decoder: OnnxGraph,
  shape: DecoderShape,
  inputOf: (layer: number, which: Which) => string,
): boolean {
  const found = WHICH.map((which) => ({ which, uses: findUses(decoder, which) }))
  const isWhole = found.every(
    ({ which, uses }) => uses?.length === shape.layers && encoder.producer(HANDED[which].name),
  )
  if (!isWhole) return false
  for (const { which, uses } of found) {
    turn(encoder, HANDED[which], shape, uses![0]!.factor)
    for (const { layer, product } of uses!) product.inputs[1] = inputOf(layer, which)
  }
  return true
}

export type Which = 'keys' | 'values'
const WHICH: readonly Which[] = ['keys', 'values']

interface Handed {
  name: string
  /** Of [batch, positions, heads, state of a head]: how the attention's product takes them. */
  order: number[]
}

export const HANDED: Record<Which, Handed> = {
  keys: { name: 'n_layer_cross_k', order: [0, 2, 3, 1] },
  values: { name: 'n_layer_cross_v', order: [0, 2, 1, 3] },
}

interface Use {
  layer: number
  /** What they are multiplied with first. */
  factor: number
  product: OnnxNode
}

/** The use of each layer, in order; undefined where one is not as expected. */
function findUses(decoder: OnnxGraph, which: Which): Use[] | undefined {
  const { name, order } = HANDED[which]
  const uses = decoder.readers(name).map((reader) => findUse(decoder, reader, order))
  if (!uses.every((use) => use !== undefined)) return undefined
  uses.sort((a, b) => a.layer - b.layer)
  const asExpected = uses.every(({ layer, factor }, i) => layer === i && factor === uses[0]!.factor)
  return asExpected ? uses : undefined
}

/** Gather (of the layer), Reshape (into heads), Transpose, perhaps Mul: then the product. */
function findUse(decoder: OnnxGraph, gather: OnnxNode, wanted: number[]): Use | undefined {
  const layer = gather.op === 'Gather' ? decoder.number(gather.inputs[1]!) : undefined
  let order: number[] | undefined
  let factor = 1
  for (let from = gather; layer !== undefined; ) {
    const [name] = from.outputs as [string]
    const [next, ...others] = decoder.readers(name).filter(({ op }) => op !== 'Shape')
    if (!next || others.length > 0) return undefined
    if (next.op === 'Reshape' && !order) order = [0, 1, 2, 3]
    else if (next.op === 'Transpose' && order) order = intsOf(next, 'perm').map((axis) => order![axis]!)
    else if (next.op === 'Mul')
      factor *= decoder.number(next.inputs.find((each) => each !== name)!) ?? Number.NaN
    else {
      const isProduct = next.op === 'MatMul' && next.inputs[1] === name
      return isProduct && order?.join() === wanted.join() ? { layer, factor, product: next } : undefined
    }
    from = next
  }
  return undefined
}

/** Has the encoder hand over [layers, batch, heads, …], the last two axes as the product takes them. */
function turn(encoder: OnnxGraph, handed: Handed, shape: DecoderShape, factor: number): void {
  const { layers, heads, state } = shape
  const own = (part: string): string => `earshot_${handed.name}_${part}`
  const maker = encoder.producer(handed.name)!
  maker.outputs = maker.outputs.map((name) => (name === handed.name ? own('flat') : name))
  encoder.add('last', [
    tensor(own('factor'), [], Float32Array.of(factor)),
    tensor(own('shape'), [5], longs(layers, 1, -1, heads, state / heads)),
    node('Mul', [own('flat'), own('factor')], own('multiplied')),
    node('Reshape', [own('multiplied'), own('shape')], own('apart')),
    node(
      'Transpose',
      [own('apart')],
      handed.name,
      intsAttribute('perm', [0, ...handed.order.map((axis) => axis + 1)]),
    ),
  ])
}
