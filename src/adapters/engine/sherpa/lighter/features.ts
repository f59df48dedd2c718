import { intsAttribute } from '../onnx/build.ts'
import { END, type Piece } from '../onnx/piece.ts'

/** Samples: of a frame, and from one to the next. */
export const FRAME = { length: 400, shift: 160 }
const RATE = 16_000
const BINS = FRAME.length / 2 + 1

/**
 * Whisper's log-mel features, as kaldi-native-fbank computes them for sherpa-onnx, which finds sines and cosines
 * anew for every frame: here the Fourier transform is a product with a table of them.
 * @param samples [1, samples]: the first frame begins with the first, the last one ends with the last
 * @param silence how many frames of silence follow, [1]
 * @param mel the name of the result: [1, bins, frames]
 */
export function addFeatures(piece: Piece, samples: string, silence: string, mel: string, bins: number): void {
  const spectrum = piece.op(
    'Conv',
    [piece.op('Unsqueeze', [samples, piece.longs(1)]), piece.floats([2 * BINS, 1, FRAME.length], fourier())],
    intsAttribute('kernel_shape', [FRAME.length]),
    intsAttribute('strides', [FRAME.shift]),
  )
  const square = (x: string): string => piece.op('Mul', [x, x])
  const [real, imaginary] = [piece.slice(spectrum, 0, BINS, 1), piece.slice(spectrum, BINS, END, 1)]
  const power = piece.op('Add', [square(real), square(imaginary)])
  const energy = piece.op('MatMul', [piece.floats([bins, BINS], melFilters(bins)), power])
  const log = piece.op('Log', [piece.op('Max', [energy, piece.float(1e-10)])])
  const decades = piece.op('Mul', [log, piece.float(1 / Math.LN10)])
  const floor = piece.op('Sub', [piece.op('ReduceMax', [decades]), piece.float(8)])
  const scaled = piece.op('Mul', [
    piece.op('Add', [piece.op('Max', [decades, floor]), piece.float(4)]),
    piece.float(1 / 4),
  ])
  piece.named(mel, 'Pad', [scaled, piece.concat(0, piece.longs(0, 0, 0, 0, 0), silence)])
}

/** Rows of the real, then of the imaginary part, under a Hann window. */
function fourier(): Float32Array {
  const table = new Float32Array(2 * BINS * FRAME.length)
  for (let k = 0; k < BINS; k++)
    for (let i = 0; i < FRAME.length; i++) {
      const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FRAME.length)
      const angle = (2 * Math.PI * ((k * i) % FRAME.length)) / FRAME.length
      table[k * FRAME.length + i] = window * Math.cos(angle)
      table[(BINS + k) * FRAME.length + i] = -window * Math.sin(angle)
    }
  return table
}

/** Triangles of equal area, evenly apart on Slaney's scale, as librosa makes them: [bins, BINS]. */
function melFilters(bins: number): Float32Array {
  const filters = new Float32Array(bins * BINS)
  const top = toMel(RATE / 2)
  const edge = (i: number): number => toHertz((top * i) / (bins + 1))
  for (let bin = 0; bin < bins; bin++) {
    const [left, middle, right] = [edge(bin), edge(bin + 1), edge(bin + 2)]
    for (let k = 0; k < BINS; k++) {
      const hertz = (RATE / FRAME.length) * k
      const height = Math.min((hertz - left) / (middle - left), (right - hertz) / (right - middle))
      filters[bin * BINS + k] = (Math.max(0, height) * 2) / (right - left)
    }
  }
  return filters
}

/** Even up to 1000 Hz, then logarithmic: 27 steps for a factor of 6.4. */
const BREAK = { hertz: 1000, mel: 15 }
const STEP = Math.log(6.4) / 27
const toMel = (hertz: number): number =>
  hertz < BREAK.hertz ? (hertz * 3) / 200 : BREAK.mel + Math.log(hertz / BREAK.hertz) / STEP
const toHertz = (mel: number): number =>
  mel < BREAK.mel ? (mel * 200) / 3 : BREAK.hertz * Math.exp(STEP * (mel - BREAK.mel))
