import {
  BOOL,
  FLOAT,
  graphAttribute,
  input,
  intAttribute,
  intsAttribute,
  longs,
  node,
  output,
  tensor,
} from '../onnx/build.ts'
import { intsOf, type OnnxGraph, type OnnxNode, type OnnxValue, writeNode } from '../onnx/graph.ts'

/** Of Whisper's decoder; `state` is the length of all its heads together. */
export interface DecoderShape {
  layers: number
  heads: number
  state: number
}

/**
 * The recording's keys and values where they lie. sherpa-onnx's models hand those of all layers over in one tensor
 * each; for every token each layer copies its own out of it and turns them, which is more than half of a step's
 * work. Here the encoder turns them, once, and each layer reads its own in place: of ONNX's operators only Scan
 * gives a view of a part of its input, so a layer's attention stands in a Scan over all layers that passes over
 * the others.
 *
 * The same numbers are computed in the same order. @returns whether it changed both graphs
 */
export function readInPlace(encoder: OnnxGraph, decoder: OnnxGraph, shape: DecoderShape): boolean {
  const [keys, values] = [findUses(decoder, KEYS), findUses(decoder, VALUES)]
  if (keys?.length !== shape.layers || values?.length !== shape.layers) return false
  const attentions = keys.map((use, layer) => findAttention(decoder, use, values[layer]!))
  if (!attentions.every((nodes) => nodes !== undefined)) return false
  if (![KEYS, VALUES].every(({ name }) => encoder.producer(name))) return false

  turn(encoder, KEYS, shape, keys[0]!.factor)
  turn(encoder, VALUES, shape, values[0]!.factor)
  for (const { name } of [KEYS, VALUES]) expect(decoder.inputs, name, ['layers', ...RANK_FOUR])
  attentions.forEach((nodes, layer) => {
    attendInPlace(decoder, nodes, layer, shape.layers)
  })
  return true
}

interface Handed {
  name: string
  /** Of [batch, positions, heads, state of a head]: how the attention's product takes them. */
  order: number[]
}

const KEYS: Handed = { name: 'n_layer_cross_k', order: [0, 2, 3, 1] }
const VALUES: Handed = { name: 'n_layer_cross_v', order: [0, 2, 1, 3] }

interface Use {
  layer: number
  /** What they are multiplied with first. */
  factor: number
  product: OnnxNode
}

/** The use of each layer, in order; undefined where one is not as expected. */
function findUses(decoder: OnnxGraph, handed: Handed): Use[] | undefined {
  const uses = decoder.readers(handed.name).map((reader) => findUse(decoder, reader, handed.order))
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

/** From the product with the keys to the product with the values: nodes that nothing else looks into. */
function findAttention(decoder: OnnxGraph, keys: Use, values: Use): OnnxNode[] | undefined {
  const nodes = [values.product]
  while (nodes[0] !== keys.product) {
    const before = decoder.producer(nodes[0]!.inputs[0]!)
    const isShared = before?.outputs.some(
      (name) => decoder.readers(name).length > 1 || decoder.outputs.some((each) => each.name === name),
    )
    if (!before || isShared) return undefined
    nodes.unshift(before)
  }
  return nodes
}

/** Has the encoder hand over [layers, batch, heads, …], the last two as the product takes them. */
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
  expect(encoder.outputs, handed.name, ['layers', ...RANK_FOUR])
}

/** Names for lengths: they tell onnxruntime how many there are, and nothing else. */
const RANK_FOUR = ['batch', 'heads', 'rows', 'columns']

function expect(values: OnnxValue[], name: string, dims: string[]): void {
  for (const value of values) if (value.name === name) value.dims = dims
}

/**
 * Scan(over the layers: are its keys and values this layer's? if so, attend to them; else hand on what came). What
 * comes first is the query, as what is heard has its shape.
 */
function attendInPlace(decoder: OnnxGraph, nodes: OnnxNode[], layer: number, layers: number): void {
  const own = (part: string): string => `earshot_layer_${layer}_${part}`
  const [first, last] = [nodes[0]!, nodes.at(-1)!]
  const [query, heard] = [first.inputs[0]!, last.outputs[0]!]
  const four = (make: typeof input, name: string): Buffer => make(own(name), FLOAT, RANK_FOUR)
  const attend = nodes.map((each) => {
    if (each === first) return writeNode({ ...each, inputs: [query, own('keys')] })
    if (each !== last) return writeNode(each)
    return writeNode({ ...each, inputs: [each.inputs[0]!, own('values')], outputs: [own('attended')] })
  })
  const body = [
    four(input, 'before'),
    four(input, 'keys'),
    four(input, 'values'),
    input(own('here'), BOOL, []),
    node(
      'If',
      [own('here')],
      own('after'),
      graphAttribute('then_branch', [...attend, four(output, 'attended')]),
      graphAttribute('else_branch', [node('Identity', [own('before')], own('same')), four(output, 'same')]),
    ),
    four(output, 'after'),
  ]
  decoder.replace(nodes, [
    tensor(
      own('bits'),
      [layers],
      Uint8Array.from({ length: layers }, (_, i) => Number(i === layer)),
    ),
    node('Cast', [own('bits')], own('is_here'), intAttribute('to', BOOL)),
    node(
      'Scan',
      [query, KEYS.name, VALUES.name, own('is_here')],
      heard,
      graphAttribute('body', body),
      intAttribute('num_scan_inputs', 3),
    ),
  ])
}
