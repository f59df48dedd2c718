/**
 * Even channels, as in SmoothQuant (Xiao et al., 2022): before a tensor is rounded with one scale, a channel of large
 * numbers is made smaller, and the weights that it meets larger by as much. The product stays the same.
 */
import type { Matrix } from './linear.ts'

/** A normalised number is rarely farther from 0. */
const DEVIATIONS = 3
const SMALLEST = 1e-4

/**
 * What each channel is to be divided by, and its weights multiplied with: the half, on a scale of logarithms, of what
 * it is larger than its weights. How large it gets, the normalisation before it says, so that nothing has to be heard to
 * find out. (With the error of base's encoder against floats as the measure: 0.090 without it, 0.078 with the half,
 * 0.080 with 0.6 of it, 0.087 with 0.4; to do the same between values and what attention is projected with, 0.079.)
 */
export function channelParts(gamma: Float32Array, beta: Float32Array, weights: Matrix): Float32Array {
  const largest = largestOfInputs(weights)
  return gamma.map((factor, channel) => {
    const size = DEVIATIONS * Math.abs(factor) + Math.abs(beta[channel]!)
    return Math.max(SMALLEST, Math.sqrt(size / Math.max(SMALLEST, largest[channel]!)))
  })
}

function largestOfInputs({ data, inputs }: Matrix): Float32Array {
  const largest = new Float32Array(inputs)
  data.forEach((value, at) => {
    const size = Math.abs(value)
    if (size > largest[at % inputs]!) largest[at % inputs] = size
  })
  return largest
}
