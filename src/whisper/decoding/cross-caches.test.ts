import fc from 'fast-check'
import { expect, it } from 'vitest'
import { HEAD } from '../graphs/layers.ts'
import { CrossCaches } from './cross-caches.ts'
import type { Encoded } from './encode.ts'

const LAYERS = 2
const HEADS = 2

/** Every number says whose it is. */
function encoded(row: number, positions: number): Encoded {
  const of = (kind: number): Float32Array[] =>
    Array.from({ length: LAYERS }, (_, layer) =>
      Float32Array.from(
        { length: HEADS * HEAD * positions },
        (_, i) => i + 1e4 * (kind + 2 * layer + 10 * row),
      ),
    )
  return { positions, keys: of(0), values: of(1) }
}

/** What a tensor must hold: each row as it was encoded, up to its end. */
function expectRows(caches: CrossCaches, rows: readonly Encoded[]): void {
  const feeds = caches.feeds()
  const lengths = rows.map(({ positions }) => positions)
  const longest = feeds.mask!.dims[3]!
  expect(longest).toBeGreaterThanOrEqual(Math.max(...lengths))
  expect(caches.positions).toEqual(lengths)
  for (let layer = 0; layer < LAYERS; layer++) {
    const keys = feeds[`ck${layer}`]!
    const values = feeds[`cv${layer}`]!
    expect(keys.dims).toEqual([rows.length, HEADS, HEAD, longest])
    expect(values.dims).toEqual([rows.length, HEADS, longest, HEAD])
    for (const [at, row] of rows.entries()) {
      const { positions } = row
      for (let line = 0; line < HEADS * HEAD; line++) {
        const from = (at * HEADS * HEAD + line) * longest
        expect((keys.data as Float32Array).subarray(from, from + positions)).toEqual(
          row.keys[layer]!.subarray(line * positions, (line + 1) * positions),
        )
      }
      for (let head = 0; head < HEADS; head++) {
        const from = (at * HEADS + head) * longest * HEAD
        expect((values.data as Float32Array).subarray(from, from + positions * HEAD)).toEqual(
          row.values[layer]!.subarray(head * positions * HEAD, (head + 1) * positions * HEAD),
        )
      }
    }
  }
  const mask = feeds.mask!.data as Float32Array
  rows.forEach(({ positions }, at) => {
    for (let i = 0; i < longest; i++) {
      if (i < positions) expect(mask[at * longest + i]).toBe(0)
      else expect(mask[at * longest + i]).toBeLessThan(-1e6)
    }
  })
}

it('hold each row as it was, whichever are kept, batch after batch', () => {
  const batch = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }).chain((lengths) =>
    fc.record({
      lengths: fc.constant(lengths),
      keeps: fc.array(fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), { maxLength: 3 }),
    }),
  )
  fc.assert(
    fc.property(fc.array(batch, { minLength: 1, maxLength: 3 }), (batches) => {
      const caches = new CrossCaches({ decoderLayers: LAYERS, heads: HEADS })
      for (const { lengths, keeps } of batches) {
        let rows = lengths.map((positions, row) => encoded(row, positions))
        caches.open(lengths)
        rows.forEach((row, at) => {
          caches.put(at, row)
        })
        expectRows(caches, rows)
        for (const keep of keeps) {
          const kept = rows.flatMap((_, row) => (keep[row] ? [row] : []))
          if (kept.length === 0) continue
          caches.keep(kept)
          rows = kept.map((row) => rows[row]!)
          expectRows(caches, rows)
        }
      }
    }),
    { numRuns: 30 },
  )
})
