/** What encoder and decoder share: the pieces of a transformer's layer, by CTranslate2's names of the weights. */
import type { WhisperWeights } from '../weights/weights.ts'
import { channelParts } from './even-channels.ts'
import { linear, type Matrix, type Scheme } from './linear.ts'
import type { GraphBuilder } from './onnx.ts'

/** Every Whisper model has heads of this width. */
export const HEAD = 64

/**
 * As what the decoder attends to is kept: each layer's keys and values as `bytes` around 128 with a scale; or, for a
 * graphics card, the encoder's `states`, of which the card computes keys and values at each call. That takes it less time
 * than to be sent them: of 16 windows with large-v3 they are 7.9 GB, the states 123 MB.
 */
export type CrossKind = 'bytes' | 'states'

/** What is kept for each layer of the decoder: keys and values, `k0`, `v0`, `k1`… */
export const cacheNames = (layers: number): string[] =>
  Array.from({ length: layers }, (_, i) => [`k${i}`, `v${i}`]).flat()

export interface LayerContext {
  graph: GraphBuilder
  weights: WhisperWeights
  /** The scheme of each product, by the name of its weights. */
  schemeOf(name: string): Scheme
  cross: CrossKind
}

export function matrix(weights: WhisperWeights, name: string): Matrix {
  const dims = weights.dims(name)
  if (dims?.length !== 2) throw new Error(`the weights have no matrix ${name}`)
  return { data: weights.read(name), outputs: dims[0]!, inputs: dims[1]! }
}

/** x times the weights of `name`, plus its bias; `factor` is multiplied into both. */
export function project(context: LayerContext, x: string, name: string, factor = 1): string {
  const { graph, weights, schemeOf } = context
  const of = matrix(weights, `${name}/weight`)
  const bias = biasOf(weights, name)
  const scaled = (values: Float32Array): Float32Array =>
    factor === 1 ? values : values.map((value) => value * factor)
  return linear(graph, x, { ...of, data: scaled(of.data) }, bias && scaled(bias), schemeOf(name))
}

const biasOf = (weights: WhisperWeights, name: string): Float32Array | undefined =>
  weights.dims(`${name}/bias`) ? weights.read(`${name}/bias`) : undefined

/** @param parts what each channel is divided by in the end */
export function normalise(
  { graph, weights }: LayerContext,
  x: string,
  name: string,
  parts?: Float32Array,
): string {
  const vector = (of: string): string => {
    const whole = weights.read(`${name}/${of}`)
    const data = parts ? whole.map((value, channel) => value / parts[channel]!) : whole
    return graph.constant({ data, dims: [data.length] })
  }
  return graph.node('LayerNormalization', [x, vector('gamma'), vector('beta')], {
    attributes: { axis: -1, epsilon: { float: 1e-5 } },
  })
}

/** norm(x) times the weights of `name`, plus its bias. Where all of norm(x) is rounded alike, with even channels. */
export function projectNormal(context: LayerContext, x: string, norm: string, name: string): string {
  const { graph, weights, schemeOf } = context
  if (schemeOf(name) !== 'whole') return project(context, normalise(context, x, norm), name)
  const of = matrix(weights, `${name}/weight`)
  const parts = channelParts(weights.read(`${norm}/gamma`), weights.read(`${norm}/beta`), of)
  const data = of.data.map((value, at) => value * parts[at % of.inputs]!)
  return linear(graph, normalise(context, x, norm, parts), { ...of, data }, biasOf(weights, name), 'whole')
}

/** x + ffn(norm(x)) */
export function feedForward(context: LayerContext, x: string, layer: string): string {
  const { graph } = context
  const wide = graph.node('Gelu', [
    projectNormal(context, x, `${layer}/ffn/layer_norm`, `${layer}/ffn/linear_0`),
  ])
  return graph.node('Add', [x, project(context, wide, `${layer}/ffn/linear_1`)])
}

/** Cuts the last axis into equal pieces. */
export function split(graph: GraphBuilder, x: string, count: number): string[] {
  const outputs = Array.from({ length: count }, () => graph.fresh('split'))
  graph.nodes('Split', [x], { outputs, attributes: { num_outputs: count, axis: -1 } })
  return outputs
}

/** [batch, length, width] → [batch, heads, length, 64], or with `turned` [batch, heads, 64, length]. */
export function byHead(
  graph: GraphBuilder,
  x: string,
  heads: number,
  turned = false,
  output?: string,
): string {
  const apart = graph.node('Reshape', [x, graph.longs(0, 0, heads, HEAD)])
  return graph.node('Transpose', [apart], {
    attributes: { perm: turned ? [0, 2, 3, 1] : [0, 2, 1, 3] },
    ...(output && { outputs: [output] }),
  })
}
