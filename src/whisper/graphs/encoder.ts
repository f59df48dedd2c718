import { crossScales, crossValues, keepCross } from './cross-attention.ts'
import { feedForward, type LayerContext, normalise, project, projectNormal, split } from './layers.ts'
import { BINS, fourierBasis, HOP, melFilters, TRANSFORM } from './mel.ts'
import { FLOAT, type GraphBuilder, MICROSOFT } from './onnx.ts'

/**
 * The encoder: samples to what the decoder attends to.
 *
 * Input `samples` [1, 160 × T + 240]: T frames of 10 ms (T even), with 200 samples before the first and 40 after the
 * last. Outputs: those of `crossValues`, with T / 2 positions, and those of `crossScales`.
 */
export function encoderGraph(context: LayerContext): Buffer {
  const { graph, weights } = context
  const { shape } = weights
  let x = withPositions(context, stem(context, features(graph, shape.mels)))
  for (let i = 0; i < shape.encoderLayers; i++) x = layer(context, x, `encoder/layer_${i}`)
  const heard = normalise(context, x, 'encoder/layer_norm')
  keepCross(context, heard)
  return graph.model(
    [{ name: 'samples', type: FLOAT, dims: ['batch', 'samples'] }],
    [...crossValues(context), ...crossScales(context, [])],
  )
}

/** A graph that gives the features alone, `mel` [1, mels, T], to compare them with the reference's. */
export function featuresGraph(graph: GraphBuilder, mels: number): Buffer {
  graph.node('Identity', [features(graph, mels)], { outputs: ['mel'] })
  return graph.model(
    [{ name: 'samples', type: FLOAT, dims: ['batch', 'samples'] }],
    [{ name: 'mel', type: FLOAT, dims: ['batch', mels, 'frames'] }],
  )
}

/** Log-mel features: at most 80 dB below the loudest of the window, scaled to about −1…1. */
function features(graph: GraphBuilder, mels: number): string {
  const one = graph.node('Unsqueeze', ['samples', graph.longs(1)])
  const basis = graph.constant({ data: fourierBasis(), dims: [2 * BINS, 1, TRANSFORM] })
  const transform = graph.node('Conv', [one, basis], { attributes: { strides: [HOP] } })
  const squares = graph.node('Mul', [transform, transform])
  const parts = [graph.fresh('real'), graph.fresh('imaginary')]
  graph.nodes('Split', [squares], { outputs: parts, attributes: { num_outputs: 2, axis: 1 } })
  const power = graph.node('Add', parts)
  const filters = graph.constant({ data: melFilters(mels), dims: [mels, BINS] })
  const mel = graph.node('Max', [graph.node('MatMul', [filters, power]), graph.number(1e-10)])
  const log = graph.node('Mul', [graph.node('Log', [mel]), graph.number(1 / Math.LN10)])
  const loudest = graph.node('ReduceMax', [log, graph.longs(1, 2)], { attributes: { keepdims: 1 } })
  const floor = graph.node('Sub', [loudest, graph.number(8)])
  const clipped = graph.node('Max', [log, floor])
  return graph.node('Mul', [graph.node('Add', [clipped, graph.number(4)]), graph.number(0.25)])
}

/** Two convolutions, the second of which halves the length; → [1, T / 2, width] */
function stem({ graph, weights }: LayerContext, mel: string): string {
  const convolve = (x: string, name: string, stride: number): string => {
    const data = weights.read(`${name}/weight`)
    const bias = weights.read(`${name}/bias`)
    const inputs = [
      x,
      graph.constant({ data, dims: weights.dims(`${name}/weight`)! }),
      graph.constant({ data: bias, dims: [bias.length] }),
    ]
    const y = graph.node('Conv', inputs, { attributes: { pads: [1, 1], strides: [stride] } })
    return graph.node('Gelu', [y])
  }
  const x = convolve(convolve(mel, 'encoder/conv1', 1), 'encoder/conv2', 2)
  return graph.node('Transpose', [x], { attributes: { perm: [0, 2, 1] } })
}

function withPositions({ graph, weights }: LayerContext, x: string): string {
  const name = 'encoder/position_encodings/encodings'
  const all = graph.constant({ data: weights.read(name), dims: weights.dims(name)! })
  const length = graph.node('Shape', [x], { attributes: { start: 1, end: 2 } })
  return graph.node('Add', [x, graph.node('Slice', [all, graph.longs(0), length, graph.longs(0)])])
}

function layer(context: LayerContext, x: string, name: string): string {
  const { graph, weights } = context
  const own = `${name}/self_attention`
  const parts = split(graph, projectNormal(context, x, `${own}/layer_norm`, `${own}/linear_0`), 3)
  const attended = graph.node('MultiHeadAttention', parts, {
    domain: MICROSOFT,
    attributes: { num_heads: weights.shape.heads },
  })
  const y = graph.node('Add', [x, project(context, attended, `${own}/linear_1`)])
  return feedForward(context, y, name)
}
