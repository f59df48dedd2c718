import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cacheLayout } from '../graphs/cross-attention.ts'
import { type CrossKind, cacheNames, HEAD } from '../graphs/layers.ts'
import { CrossCaches } from './cross-caches.ts'
import type { Encoded } from './encode.ts'

const LAYERS = 2
const HEADS = 2

const NAMES: Record<CrossKind, string[]> = { bytes: cacheNames(LAYERS), states: ['s'] }

/** Numbers that say whose they are, as far as a byte can. */
function encoded(row: number, positions: number, kind: CrossKind): Encoded {
  const length = HEADS * HEAD * positions
  const names = NAMES[kind]
  const caches = names.map((_, cache) =>
    kind === 'bytes'
      ? Uint8Array.from({ length }, (_, i) => i + 97 * cache + 31 * row)
      : Float32Array.from({ length }, (_, i) => i + 1e4 * (cache + 10 * row)),
  )
  const scales = kind === 'bytes' ? caches.map((_, cache) => cache + 10 * row) : []
  return { positions, names, caches, scales }
}

/** What a tensor must hold: each row as it was encoded, up to its end. */
function expectRows(caches: CrossCaches, rows: readonly Encoded[]): void {
  const feeds = caches.feeds()
  const lengths = rows.map(({ positions }) => positions)
  const longest = feeds.mask!.dims[3]!
  expect(longest).toBeGreaterThanOrEqual(Math.max(...lengths))
  expect(caches.positions).toEqual(lengths)
  rows[0]!.names.forEach((name, i) => {
    const { data, dims, type } = feeds[`c${name}`]!
    const { blocks, width } = cacheLayout(name, HEADS)
    expect(dims).toEqual([rows.length, blocks, longest, width])
    expect(type).toBe(rows[0]!.scales.length > 0 ? 'uint8' : 'float32')
    rows.forEach(({ positions, caches: kept }, at) => {
      for (let block = 0; block < blocks; block++) {
        const from = (at * blocks + block) * longest * width
        const here = (data as Uint8Array).subarray(from, from + positions * width)
        const wanted = kept[i]!.subarray(block * positions * width, (block + 1) * positions * width)
        expect(here.every((value, at) => value === wanted[at])).toBe(true)
      }
    })
    const scales = feeds[`s${name}`]
    if (rows[0]!.scales.length === 0) expect(scales).toBeUndefined()
    else expect([...(scales!.data as Float32Array)]).toEqual(rows.map((row) => row.scales[i]))
  })
  const mask = feeds.mask!.data as Float32Array
  rows.forEach(({ positions }, at) => {
    for (let i = 0; i < longest; i++) {
      if (i < positions) expect(mask[at * longest + i]).toBe(0)
      else expect(mask[at * longest + i]).toBeLessThan(-1e6)
    }
  })
}

it.each(['bytes', 'states'] as const)(
  'hold each row as it was, whichever are kept, batch after batch: %s',
  (kind) => {
    const batch = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }).chain((lengths) =>
      fc.record({
        lengths: fc.constant(lengths),
        keeps: fc.array(fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), { maxLength: 3 }),
      }),
    )
    fc.assert(
      fc.property(fc.array(batch, { minLength: 1, maxLength: 3 }), (batches) => {
        const caches = new CrossCaches({ heads: HEADS })
        for (const { lengths, keeps } of batches) {
          let rows = lengths.map((positions, row) => encoded(row, positions, kind))
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
          // Those that left are still there.
          const put = lengths.map((positions, row) => encoded(row, positions, kind))
          caches.use([...put.keys()])
          expectRows(caches, put)
        }
      }),
      { numRuns: 30 },
    )
  },
)
