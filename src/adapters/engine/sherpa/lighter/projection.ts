import { FLOAT, intAttribute, intsAttribute, node, tensor } from '../onnx/build.ts'
import { floatsOf, intsOf, type OnnxGraph, type OnnxNode } from '../onnx/graph.ts'

/**
 * The embedding of the tokens in 8 bits. sherpa-onnx's 8-bit models keep it in 32, because it stands on the left
 * of its product, where onnxruntime's quantisation does not look: of Whisper base's decoder it is four fifths of
 * the bytes, all of them read for every token. Here each token's row gets a scale of its own, finer than what
 * the other weights of such a model have.
 *
 * Leaves a model alone that is not in 8 bits otherwise. @returns whether it changed something
 */
export function narrowEmbedding(graph: OnnxGraph): boolean {
  const found = graph.nodes.some(({ op }) => op === 'MatMulInteger') ? findProjection(graph) : undefined
  const floats = found && graph.tensors.get(found.weight)
  const weight = floats && floatsOf(floats)
  if (!found || !weight) return false
  const [vocabulary, state] = floats.dims as [number, number]
  const { eight, scales } = quantise(weight, vocabulary, state)
  const own = (name: string): string => `earshot_embedding_${name}`

  graph.add('first', [
    tensor(own('eight'), [state, vocabulary], eight),
    tensor(own('scales'), [vocabulary], scales),
    tensor(own('zero'), [], new Int8Array(1)),
    tensor(own('last'), [1], BigInt64Array.of(-1n)),
    ...lookUps(graph, found.weight, own),
  ])
  graph.nodes = graph.nodes.filter((each) => each !== found.product && each !== found.last)
  graph.add('last', [
    node('DynamicQuantizeLinear', [found.from], [own('q'), own('q_scale'), own('q_zero')]),
    node('MatMulInteger', [own('q'), own('eight'), own('q_zero'), own('zero')], own('sums')),
    node('Cast', [own('sums')], own('float'), intAttribute('to', FLOAT)),
    node('Mul', [own('q_scale'), own('scales')], own('scale')),
    node('Mul', [own('float'), own('scale')], 'logits'),
  ])
  return true
}

interface Projection {
  /** What is multiplied: [batch, tokens, state]. */
  from: string
  weight: string
  product: OnnxNode
  last: OnnxNode
}

/** logits = transposed(weight · transposed(from)) */
function findProjection(graph: OnnxGraph): Projection | undefined {
  const turned = (each: OnnxNode | undefined): each is OnnxNode =>
    each?.op === 'Transpose' && intsOf(each, 'perm').join() === '0,2,1'
  const last = graph.producer('logits')
  if (!turned(last)) return undefined
  const product = graph.producer(last.inputs[0]!)
  if (product?.op !== 'MatMul') return undefined
  const [weight, right] = product.inputs as [string, string]
  const upright = graph.producer(right)
  if (graph.tensors.get(weight)?.dims.length !== 2 || !turned(upright)) return undefined
  return { from: upright.inputs[0]!, weight, product, last }
}

/** Replaces the look-ups of tokens in the weight. */
function lookUps(graph: OnnxGraph, weight: string, own: (name: string) => string): Buffer[] {
  const isLookUp = ({ op, inputs }: OnnxNode): boolean => op === 'Gather' && inputs[0] === weight
  const before = graph.nodes.filter(isLookUp)
  graph.nodes = graph.nodes.filter((each) => !isLookUp(each))
  return before.flatMap(({ inputs: [, tokens], outputs: [result] }, i) => {
    const [column, row, float, scale, wide] = ['column', 'row', 'float', 'scale', 'wide'].map((name) =>
      own(`${name}_${i}`),
    ) as [string, string, string, string, string]
    return [
      node('Gather', [own('eight'), tokens!], column, intAttribute('axis', 1)),
      node('Transpose', [column], row, intsAttribute('perm', [1, 2, 0])),
      node('Cast', [row], float, intAttribute('to', FLOAT)),
      node('Gather', [own('scales'), tokens!], scale, intAttribute('axis', 0)),
      node('Unsqueeze', [scale, own('last')], wide),
      node('Mul', [float, wide], result!),
    ]
  })
}

/** Turned, as it stands on the right of a product: [state, vocabulary]. */
function quantise(
  weight: Float32Array,
  vocabulary: number,
  state: number,
): { eight: Int8Array<ArrayBuffer>; scales: Float32Array<ArrayBuffer> } {
  const eight = new Int8Array(weight.length)
  const scales = new Float32Array(vocabulary)
  for (let token = 0; token < vocabulary; token++) {
    const row = weight.subarray(token * state, (token + 1) * state)
    let largest = 0
    for (const w of row) largest = Math.max(largest, Math.abs(w))
    const scale = largest > 0 ? largest / 127 : 1
    scales[token] = scale
    for (let i = 0; i < state; i++) eight[i * vocabulary + token] = Math.round(row[i]! / scale)
  }
  return { eight, scales }
}
