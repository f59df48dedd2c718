/** Steps of a path: to the next row and column, to the next row, to the next column. */
const BOTH = 0
const ROW = 1
const COLUMN = 2

/**
 * Dynamic time warping: the way through a matrix, from its first corner to its last, along which the values add up
 * to most. Rows are tokens and columns moments, and both only go forward.
 * @param matrix [rows × columns]
 * @returns for each row the first column on the way; never falling
 */
export function warp(matrix: Float32Array, rows: number, columns: number): Int32Array {
  const steps = new Uint8Array(rows * columns)
  let before = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY)
  let now = new Float64Array(columns + 1)
  before[0] = 0
  for (let row = 0; row < rows; row++) {
    now[0] = Number.POSITIVE_INFINITY
    const at = row * columns
    for (let column = 0; column < columns; column++) {
      const both = before[column]!
      const down = before[column + 1]!
      const along = now[column]!
      let least = both
      let step = BOTH
      if (down < least) {
        least = down
        step = ROW
      }
      if (along < least) {
        least = along
        step = COLUMN
      }
      steps[at + column] = step
      now[column + 1] = least - matrix[at + column]!
    }
    const free = before
    before = now
    now = free
  }
  return firstColumns(steps, rows, columns)
}

function firstColumns(steps: Uint8Array, rows: number, columns: number): Int32Array {
  const first = new Int32Array(rows)
  let row = rows - 1
  let column = columns - 1
  while (row >= 0 && column >= 0) {
    first[row] = column
    const step = steps[row * columns + column]!
    if (step !== COLUMN) row--
    if (step !== ROW) column--
  }
  return first
}
