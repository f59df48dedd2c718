/** The numbers of Whisper's log-mel features, as OpenAI's reference has them (librosa's Slaney scale). */
import { SAMPLE_RATE } from '../units.ts'

/** Samples of one short-time Fourier transform, and between two of them. */
export const TRANSFORM = 400
export const HOP = 160
export const BINS = TRANSFORM / 2 + 1

/** The windowed Fourier transform as weights of a convolution: cosines, then sines; [2 × 201, 1, 400]. */
export function fourierBasis(): Float32Array {
  const basis = new Float32Array(2 * BINS * TRANSFORM)
  for (let bin = 0; bin < BINS; bin++) {
    for (let n = 0; n < TRANSFORM; n++) {
      const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / TRANSFORM)
      const angle = (2 * Math.PI * bin * n) / TRANSFORM
      basis[bin * TRANSFORM + n] = Math.cos(angle) * hann
      basis[(BINS + bin) * TRANSFORM + n] = -Math.sin(angle) * hann
    }
  }
  return basis
}

/** Below 1000 Hz the scale is linear, above it logarithmic. */
const LINEAR_STEP = 200 / 3
const BORDER_HZ = 1000
const BORDER_MEL = BORDER_HZ / LINEAR_STEP
const LOG_STEP = Math.log(6.4) / 27

const toMel = (hz: number): number =>
  hz < BORDER_HZ ? hz / LINEAR_STEP : BORDER_MEL + Math.log(hz / BORDER_HZ) / LOG_STEP
const toHz = (mel: number): number =>
  mel < BORDER_MEL ? mel * LINEAR_STEP : BORDER_HZ * Math.exp(LOG_STEP * (mel - BORDER_MEL))

/** Triangles of equal area, evenly spaced on the mel scale; [mels, 201]. */
export function melFilters(mels: number): Float32Array {
  const top = toMel(SAMPLE_RATE / 2)
  const corners = Array.from({ length: mels + 2 }, (_, i) => toHz((top * i) / (mels + 1)))
  const filters = new Float32Array(mels * BINS)
  for (let mel = 0; mel < mels; mel++) {
    const [low, centre, high] = corners.slice(mel, mel + 3) as [number, number, number]
    for (let bin = 0; bin < BINS; bin++) {
      const hz = (bin * SAMPLE_RATE) / TRANSFORM
      const height = Math.min((hz - low) / (centre - low), (high - hz) / (high - centre))
      filters[mel * BINS + bin] = Math.max(0, height) * (2 / (high - low))
    }
  }
  return filters
}
