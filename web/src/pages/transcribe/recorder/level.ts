/** Below this it is as good as silent. dB under full scale */
const FLOOR = -60

/** How loud a moment is, 0 to 1, as ears have it. @param samples -1 to 1 */
export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length)
  if (power === 0) return 0
  return Math.min(1, Math.max(0, 1 - (10 * Math.log10(power)) / FLOOR))
}
