import { FLOAT, GraphBuilder, type Value } from '../../../whisper/graphs/onnx.ts'
import type { SileroWeights } from './weights.ts'
import { DIFFERENCES, SUMS, WINDOW, WINDOWS } from './windows.ts'

/** Frequencies of a window. */
const BINS = WINDOW / 2 + 1
/** Of the LSTM. */
export const HIDDEN = 128
const GATES = 4
/** Taps of the encoder's convolutions. */
const TAPS = 3

/**
 * Silero's network as one graph for many frames a call. Theirs is called frame by frame, and most of a call's
 * time goes into starting some hundred operators on next to nothing.
 *
 * Inputs: `sums` and `differences` of `fold`, the state `h` and `c`. Outputs: `speech`, a probability a frame,
 * and the state to go on with, `hn` and `cn`.
 *
 * A frame is four windows, and the encoder's convolutions over them end in one vector. So each is written as the
 * few products that it is, without the zeros it would be padded with: window by window, over all frames at once.
 */
export function writeGraph(weights: SileroWeights, frames: number): Buffer {
  const net = new Network(weights, frames)
  const spectrum = net.spectrum()
  const [a, b, c, d] = [
    net.taps('encoder.0', [spectrum(0), spectrum(1)], 1),
    net.taps('encoder.0', [spectrum(0), spectrum(1), spectrum(2)], 0),
    net.taps('encoder.0', [spectrum(1), spectrum(2), spectrum(3)], 0),
    net.taps('encoder.0', [spectrum(2), spectrum(3)], 0),
  ] as const
  const left = net.taps('encoder.1', [a, b], 1)
  const right = net.taps('encoder.1', [b, c, d], 0)
  const both = net.taps('encoder.2', [left, right], 1)
  net.decode(net.taps('encoder.3', [both], 1))
  const floats = (name: string, ...dims: number[]): Value => ({ name, type: FLOAT, dims })
  return net.graph.model(
    [
      floats('sums', frames * WINDOWS, SUMS),
      floats('differences', frames * WINDOWS, DIFFERENCES),
      floats('h', 1, 1, HIDDEN),
      floats('c', 1, 1, HIDDEN),
    ],
    [floats('speech', frames, 1), floats('hn', 1, 1, HIDDEN), floats('cn', 1, 1, HIDDEN)],
  )
}

class Network {
  readonly graph = new GraphBuilder()
  readonly #weights: SileroWeights
  readonly #frames: number

  constructor(weights: SileroWeights, frames: number) {
    this.#weights = weights
    this.#frames = frames
  }

  #constant(dims: number[], data: Float32Array): string {
    return this.graph.constant({ data, dims })
  }

  #reshape(x: string, ...shape: number[]): string {
    return this.graph.node('Reshape', [x, this.graph.longs(...shape)])
  }

  /** The magnitudes of a frame's windows, [frames, BINS] each. */
  spectrum(): (window: number) => string {
    const { sums, differences } = foldedBasis(this.#weights['stft.forward_basis_buffer'])
    const cosines = this.graph.node('MatMul', ['sums', this.#constant([SUMS, BINS], sums)])
    const sines = this.graph.node('MatMul', ['differences', this.#constant([DIFFERENCES, BINS], differences)])
    const square = (x: string): string => this.graph.node('Mul', [x, x])
    const magnitude = this.graph.node('Sqrt', [this.graph.node('Add', [square(cosines), square(sines)])])
    const byFrame = this.#reshape(magnitude, this.#frames, WINDOWS * BINS)
    const windows = Array.from({ length: WINDOWS }, (_, w) =>
      this.graph.node('Slice', [byFrame, ...[w * BINS, (w + 1) * BINS, 1].map((n) => this.graph.longs(n))]),
    )
    return (window) => windows[window]!
  }

  /** One place of a convolution: `inputs` meet its taps from `first` on; the others would meet padding. */
  taps(layer: `encoder.${0 | 1 | 2 | 3}`, inputs: string[], first: number): string {
    const bias = this.#weights[`${layer}.reparam_conv.bias`]
    const kernel = this.#weights[`${layer}.reparam_conv.weight`]
    const outs = bias.length
    const ins = kernel.length / outs / TAPS
    const matrix = new Float32Array(inputs.length * ins * outs)
    for (let row = 0; row < inputs.length * ins; row++) {
      const tap = first + Math.floor(row / ins)
      for (let out = 0; out < outs; out++)
        matrix[row * outs + out] = kernel[(out * ins + (row % ins)) * TAPS + tap]!
    }
    const x = inputs.length > 1 ? this.graph.node('Concat', inputs, { attributes: { axis: 1 } }) : inputs[0]!
    const weight = this.#constant([inputs.length * ins, outs], matrix)
    return this.graph.node('Relu', [this.graph.node('Gemm', [x, weight, this.#constant([outs], bias)])])
  }

  decode(encoded: string): void {
    const gates = GATES * HIDDEN
    const part = (name: 'weight_ih' | 'weight_hh' | 'bias_ih' | 'bias_hh'): Float32Array =>
      inOnnxOrder(this.#weights[`decoder.rnn.${name}`])
    const lstm = [
      this.#reshape(encoded, this.#frames, 1, HIDDEN),
      this.#constant([1, gates, HIDDEN], part('weight_ih')),
      this.#constant([1, gates, HIDDEN], part('weight_hh')),
      this.#constant([1, gates * 2], Float32Array.of(...part('bias_ih'), ...part('bias_hh'))),
      '',
      'h',
      'c',
    ]
    this.graph.nodes('LSTM', lstm, {
      outputs: ['heard', 'hn', 'cn'],
      attributes: { hidden_size: HIDDEN },
    })
    const heard = this.graph.node('Relu', [this.#reshape('heard', this.#frames, HIDDEN)])
    const weight = this.#constant([HIDDEN, 1], this.#weights['decoder.decoder.2.weight'])
    const bias = this.#constant([1], this.#weights['decoder.decoder.2.bias'])
    this.graph.node('Sigmoid', [this.graph.node('Gemm', [heard, weight, bias])], { outputs: ['speech'] })
  }
}

/** PyTorch's gates are in, forget, cell, out; ONNX's in, out, forget, cell. */
function inOnnxOrder(gates: Float32Array): Float32Array {
  const size = gates.length / GATES
  const ordered = new Float32Array(gates.length)
  for (const [to, from] of [0, 3, 1, 2].entries())
    ordered.set(gates.subarray(from * size, (from + 1) * size), to * size)
  return ordered
}

/** How far a window of the Fourier basis may be from its mirror image, where its largest value is 1. */
const SYMMETRY = 1e-4

/**
 * The cosines and the sines of the basis, for windows that are folded.
 * @throws Error where they are none
 */
function foldedBasis(basis: Float32Array): { sums: Float32Array; differences: Float32Array } {
  const sums = new Float32Array(SUMS * BINS)
  const differences = new Float32Array(DIFFERENCES * BINS)
  for (let bin = 0; bin < BINS; bin++) {
    const cosine = basis.subarray(bin * WINDOW, (bin + 1) * WINDOW)
    const sine = basis.subarray((BINS + bin) * WINDOW, (BINS + bin + 1) * WINDOW)
    let skew = Math.abs(sine[0]!) + Math.abs(sine[WINDOW / 2]!)
    for (let n = 0; n < SUMS; n++) sums[n * BINS + bin] = cosine[n]!
    for (let n = 1; n <= DIFFERENCES; n++) {
      differences[(n - 1) * BINS + bin] = sine[n]!
      skew = Math.max(
        skew,
        Math.abs(cosine[n]! - cosine[WINDOW - n]!),
        Math.abs(sine[n]! + sine[WINDOW - n]!),
      )
    }
    if (skew > SYMMETRY) throw new Error('its first layer is no Fourier transform, as that of Silero VAD is')
  }
  return { sums, differences }
}
