import { type CacheLayout, cacheLayout } from '../graphs/cross-attention.ts'
import { HEAD } from '../graphs/layers.ts'
import type { Encoded } from './encode.ts'
import { bytes, floats, type Tensor } from './sessions.ts'

/** Attention to what lies behind the end of a row: none. */
const NOTHING = -1e9

type Numbers = Encoded['caches'][number]

/**
 * What the decoder attends to, for all rows of a batch: each padded to the longest. The memory is used again from
 * batch to batch, since fresh memory costs more than the copy (37 MB: 13.6 ms of page faults, 2.0 ms of copying).
 *
 * Behind the end of a row stands what an earlier batch left there: finite, and masked.
 */
export class CrossCaches {
  readonly #heads: number
  #names: readonly string[] = []
  readonly #pools = new Map<string, Numbers>()
  #rows: { positions: number; scales: number[] }[] = []
  #longest = 0
  #single: Encoded | undefined

  constructor({ heads }: { heads: number }) {
    this.#heads = heads
  }

  /** Begins a batch of rows of these lengths, which are then put in one by one: so each is in memory once. */
  open(positions: readonly number[]): void {
    this.#rows = positions.map((count) => ({ positions: count, scales: [] }))
    this.#longest = Math.max(...positions)
    this.#single = undefined
  }

  put(at: number, row: Encoded): void {
    this.#rows[at]!.scales = row.scales
    this.#names = row.names
    if (this.#rows.length === 1) {
      this.#single = row
      return
    }
    row.caches.forEach((source, i) => {
      const name = this.#names[i]!
      const layout = cacheLayout(name, this.#heads)
      copyRow(layout, this.#pool(name, source), at, this.#longest, source, 0, row.positions)
    })
  }

  /** Keeps these rows, in rising order. */
  keep(rows: readonly number[]): void {
    if (this.#single) return
    const before = this.#longest
    this.#rows = rows.map((row) => this.#rows[row]!)
    this.#longest = Math.max(...this.#rows.map(({ positions }) => positions))
    for (const [name, pool] of this.#pools) {
      const layout = cacheLayout(name, this.#heads)
      // In place: no target lies behind its source.
      rows.forEach((from, at) => {
        copyRow(layout, pool, at, this.#longest, pool, from * this.#size(before), before)
      })
    }
  }

  /** As the decoder's inputs: `c` and `s` before the caches' names, and `mask`. */
  feeds(): Record<string, Tensor> {
    const count = this.#rows.length
    const mask = new Float32Array(count * this.#longest)
    this.#rows.forEach(({ positions }, i) => {
      mask.fill(NOTHING, i * this.#longest + positions, (i + 1) * this.#longest)
    })
    const feeds: Record<string, Tensor> = { mask: floats(mask, [count, 1, 1, this.#longest]) }
    this.#names.forEach((name, i) => {
      const data =
        this.#single?.caches[i] ?? this.#pools.get(name)!.subarray(0, count * this.#size(this.#longest))
      const { blocks, width } = cacheLayout(name, this.#heads)
      const dims = [count, blocks, this.#longest, width]
      feeds[`c${name}`] = data instanceof Uint8Array ? bytes(data, dims) : floats(data, dims)
      const scales = this.#rows.flatMap((row) => row.scales[i] ?? [])
      if (scales.length > 0) feeds[`s${name}`] = floats(Float32Array.from(scales), [count, 1, 1, 1])
    })
    return feeds
  }

  get positions(): readonly number[] {
    return this.#rows.map(({ positions }) => positions)
  }

  /** Numbers of a row with so many positions. */
  #size(positions: number): number {
    return this.#heads * positions * HEAD
  }

  /** Where the rows of a cache stand: of the same kind of numbers as what is put in, and large enough for all. */
  #pool(name: string, like: Numbers): Numbers {
    const needed = this.#rows.length * this.#size(this.#longest)
    const known = this.#pools.get(name)
    if (known && known.length >= needed) return known
    const pool = like instanceof Uint8Array ? new Uint8Array(needed) : new Float32Array(needed)
    this.#pools.set(name, pool)
    return pool
  }
}

/** One row, block by block. */
function copyRow(
  { blocks, width }: CacheLayout,
  target: Numbers,
  row: number,
  length: number,
  source: Numbers,
  offset: number,
  sourceLength: number,
): void {
  const count = Math.min(sourceLength, length) * width
  for (let block = 0; block < blocks; block++) {
    const at = (row * blocks + block) * length * width
    const begin = offset + block * sourceLength * width
    if (source === target) target.copyWithin(at, begin, begin + count)
    else target.set(source.subarray(begin, begin + count), at)
  }
}
