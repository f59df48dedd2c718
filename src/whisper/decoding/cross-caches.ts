import { cacheLayout } from '../graphs/cross-attention.ts'
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
  /** As they stand in memory; those in use are the first. */
  #rows: Row[] = []
  #used = 0
  #longest = 0
  #single: Encoded | undefined

  constructor({ heads }: { heads: number }) {
    this.#heads = heads
  }

  /** Begins a batch of rows of these lengths, which are then put in one by one: so each is in memory once. */
  open(positions: readonly number[]): void {
    this.#rows = positions.map((count, id) => ({ id, positions: count, scales: [] }))
    this.#used = positions.length
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
      const { blocks, width } = cacheLayout(name, this.#heads)
      const target = this.#pool(name, source)
      for (let block = 0; block < blocks; block++) {
        const from = block * row.positions * width
        const to = (at * blocks + block) * this.#longest * width
        target.set(source.subarray(from, from + row.positions * width), to)
      }
    })
  }

  /** Uses only these of the rows in use, by their places, in rising order. */
  keep(places: readonly number[]): void {
    this.use(places.map((place) => this.#rows[place]!.id))
  }

  /** Uses these of all rows that were put in. The others stay in memory. */
  use(ids: readonly number[]): void {
    ids.forEach((id, to) => {
      this.#swap(
        this.#rows.findIndex((row) => row.id === id),
        to,
      )
    })
    this.#used = ids.length
  }

  /** As the decoder's inputs: `c` and `s` before the caches' names, and `mask`. */
  feeds(): Record<string, Tensor> {
    const rows = this.#rows.slice(0, this.#used)
    const longest = this.#longest
    const mask = new Float32Array(rows.length * longest)
    rows.forEach(({ positions }, i) => {
      mask.fill(NOTHING, i * longest + positions, (i + 1) * longest)
    })
    const feeds: Record<string, Tensor> = { mask: floats(mask, [rows.length, 1, 1, longest]) }
    this.#names.forEach((name, i) => {
      const data = this.#single?.caches[i] ?? this.#pools.get(name)!.subarray(0, rows.length * this.#rowSize)
      const { blocks, width } = cacheLayout(name, this.#heads)
      const dims = [rows.length, blocks, longest, width]
      feeds[`c${name}`] = data instanceof Uint8Array ? bytes(data, dims) : floats(data, dims)
      const scales = rows.flatMap((row) => row.scales[i] ?? [])
      if (scales.length > 0) feeds[`s${name}`] = floats(Float32Array.from(scales), [rows.length, 1, 1, 1])
    })
    return feeds
  }

  /** Of the rows in use. */
  get positions(): readonly number[] {
    return this.#rows.slice(0, this.#used).map(({ positions }) => positions)
  }

  /** Numbers of a row in memory. */
  get #rowSize(): number {
    return this.#heads * this.#longest * HEAD
  }

  #swap(one: number, other: number): void {
    if (one === other) return
    const rows = this.#rows
    ;[rows[one], rows[other]] = [rows[other]!, rows[one]!]
    const size = this.#rowSize
    for (const pool of this.#pools.values()) {
      const before = pool.slice(one * size, (one + 1) * size)
      pool.copyWithin(one * size, other * size, (other + 1) * size)
      pool.set(before, other * size)
    }
  }

  /** Where the rows of a cache stand: of the same kind of numbers as what is put in, and large enough for all. */
  #pool(name: string, like: Numbers): Numbers {
    const needed = this.#rows.length * this.#rowSize
    const known = this.#pools.get(name)
    if (known && known.length >= needed) return known
    const pool = like instanceof Uint8Array ? new Uint8Array(needed) : new Float32Array(needed)
    this.#pools.set(name, pool)
    return pool
  }
}

interface Row {
  /** Its place when it was put in. */
  id: number
  positions: number
  scales: number[]
}
