import fc from 'fast-check'
import { expect, it } from 'vitest'
import { warp } from './time-warping.ts'

const matrices = fc
  .record({ rows: fc.integer({ min: 1, max: 6 }), columns: fc.integer({ min: 1, max: 6 }) })
  .chain(({ rows, columns }) =>
    fc
      .array(fc.integer({ min: -20, max: 20 }), { minLength: rows * columns, maxLength: rows * columns })
      .map((values) => ({ rows, columns, matrix: Float32Array.from(values) })),
  )

/** The most that any way through the matrix adds up to, one after the other. */
function best(matrix: Float32Array, rows: number, columns: number): number {
  const from = (row: number, column: number): number => {
    if (row >= rows || column >= columns) return Number.NEGATIVE_INFINITY
    const here = matrix[row * columns + column]!
    if (row === rows - 1 && column === columns - 1) return here
    return here + Math.max(from(row + 1, column + 1), from(row + 1, column), from(row, column + 1))
  }
  return from(0, 0)
}

/** The most that a way adds up to which enters each row at the column that is given. */
function along(matrix: Float32Array, columns: number, first: Int32Array): number {
  let sum = 0
  first.forEach((start, row) => {
    const next = first[row + 1]
    const inRow = (last: number): number =>
      matrix.subarray(row * columns + start, row * columns + last + 1).reduce((all, value) => all + value, 0)
    // Down from the last column before the next row begins, or slanting into it.
    if (next === undefined) sum += inRow(columns - 1)
    else sum += Math.max(inRow(next), next > start ? inRow(next - 1) : Number.NEGATIVE_INFINITY)
  })
  return sum
}

it('goes from the first corner on, never back', () => {
  fc.assert(
    fc.property(matrices, ({ matrix, rows, columns }) => {
      const first = warp(matrix, rows, columns)
      expect(first).toHaveLength(rows)
      expect(first[0]).toBe(0)
      for (let row = 1; row < rows; row++) {
        expect(first[row]!).toBeGreaterThanOrEqual(first[row - 1]!)
        expect(first[row]!).toBeLessThan(columns)
      }
    }),
  )
})

it('adds up to as much as any way does', () => {
  fc.assert(
    fc.property(matrices, ({ matrix, rows, columns }) => {
      expect(along(matrix, columns, warp(matrix, rows, columns))).toBe(best(matrix, rows, columns))
    }),
  )
})

it('follows what stands out', () => {
  const matrix = new Float32Array(3 * 10)
  for (const [row, column] of [
    [0, 0],
    [1, 4],
    [2, 7],
  ] as const)
    matrix[row * 10 + column] = 5
  expect([...warp(matrix, 3, 10)]).toEqual([0, 4, 7])
})
