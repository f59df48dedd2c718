import fc from 'fast-check'
import { expect, it } from 'vitest'
import { alignmentMatrix } from './attention.ts'

const AROUND = 3

/** Word for word what `alignmentMatrix` says that it does. */
function plainly(rows: readonly Float32Array[], heads: number, positions: number, frames: number): number[] {
  const means = rows.map(() => new Array<number>(frames).fill(0))
  for (let h = 0; h < heads; h++) {
    const shares = rows.map((row) => {
      const own = [...row.subarray(h * positions, h * positions + frames)]
      const total = own.reduce((a, b) => a + b, 0)
      return own.map((value) => (total > 0 ? value / total : 0))
    })
    for (let i = 0; i < frames; i++) {
      const column = shares.map((row) => row[i]!)
      const mean = column.reduce((a, b) => a + b, 0) / column.length
      const deviation = Math.sqrt(column.reduce((a, b) => a + (b - mean) ** 2, 0) / column.length)
      means.forEach((row, k) => {
        row[i] = row[i]! + (column[k]! - mean) / (deviation + 1e-12) / heads
      })
    }
  }
  return means.flatMap((row) =>
    row.map((value, i) => {
      const window = Array.from({ length: 2 * AROUND + 1 }, (_, j) => row[mirrored(i + j - AROUND, frames)]!)
      return frames <= AROUND ? value : window.sort((a, b) => a - b)[AROUND]!
    }),
  )
}

const mirrored = (i: number, length: number): number => {
  const at = Math.abs(i)
  return at < length ? at : 2 * (length - 1) - at
}

it('is shares, standardised over the tokens, averaged over the heads, smoothed by a median', () => {
  const cases = fc
    .record({
      count: fc.integer({ min: 2, max: 5 }),
      heads: fc.integer({ min: 1, max: 3 }),
      positions: fc.integer({ min: 1, max: 24 }),
      cut: fc.integer({ min: 0, max: 5 }),
    })
    .chain((shape) =>
      fc
        .array(fc.integer({ min: 0, max: 1000 }), {
          minLength: shape.count * shape.heads * shape.positions,
          maxLength: shape.count * shape.heads * shape.positions,
        })
        .map((values) => ({ ...shape, values })),
    )
  fc.assert(
    fc.property(cases, ({ count, heads, positions, cut, values }) => {
      const size = heads * positions
      const rows = Array.from({ length: count }, (_, i) =>
        // Multiples of a power of two: sums are exact, and equal columns have no deviation at all.
        Float32Array.from(values.slice(i * size, (i + 1) * size), (value) => value / 1024),
      )
      const frames = Math.max(1, positions - cut)
      const matrix = alignmentMatrix(rows, heads, positions, frames)
      const wanted = plainly(rows, heads, positions, frames)
      for (const [i, value] of matrix.entries()) {
        // Where all tokens are alike there is nothing but rounding, blown up.
        if (Math.abs(wanted[i]!) > 1e-2) expect(value).toBeCloseTo(wanted[i]!, 2)
      }
      expect(matrix).toHaveLength(count * frames)
    }),
  )
})
