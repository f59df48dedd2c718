/** Rows that are decoded together: what they attend to, what they have said, and what comes next. */
import { cacheNames, HEAD } from '../graphs/layers.ts'
import type { Decoded, Decoder } from './decoder.ts'
import { flags, floats, longs, type Session, type Tensor } from './sessions.ts'

export type Outputs = Awaited<ReturnType<Session['run']>>

export class Batch {
  readonly #decoder: Decoder
  readonly #signal: AbortSignal | undefined
  #size: number
  #cross: Record<string, Tensor>
  #past: Record<string, Tensor>
  #next: Tensor

  /** @param prompts of the rows that are in the decoder's caches */
  constructor(decoder: Decoder, prompts: readonly (readonly number[])[], signal?: AbortSignal) {
    const { spec, shape, caches } = decoder
    this.#decoder = decoder
    this.#signal = signal
    this.#size = caches.positions.length
    this.#cross = caches.feeds()
    const none = floats(new Float32Array(0), [this.#size, shape.heads, 0, HEAD])
    this.#past = Object.fromEntries(cacheNames(shape.decoderLayers).map((name) => [`p${name}`, none]))
    const tokens = prompts.map((prompt) =>
      prompt.length > 0 ? [spec.sotPrev, ...prompt, spec.sot] : [spec.sot],
    )
    this.#next = longs(tokens.flat(), [tokens.length, tokens[0]?.length ?? 0])
  }

  get size(): number {
    return this.#size
  }

  /** What comes next, instead of what the model would say. */
  say(tokens: Tensor): void {
    this.#next = tokens
  }

  /**
   * @param done rows that have ended
   * @param leaveAt it ends before its last step when no more rows than these go on
   */
  async run(steps: number, done: readonly boolean[], bias: Tensor, leaveAt: number): Promise<Outputs> {
    this.#signal?.throwIfAborted()
    const { session, shape } = this.#decoder
    const out = await session.run({
      ...this.#cross,
      ...this.#past,
      tokens: this.#next,
      done: flags(done),
      max: longs([steps], []),
      stop: longs([leaveAt], []),
      bias,
    })
    this.#past = Object.fromEntries(
      cacheNames(shape.decoderLayers).map((name) => [`p${name}`, out[`n${name}`]!]),
    )
    this.#next = out.next!
    return out
  }

  /** Each row goes on from what another one has said; both attend to the same. */
  follow(rows: readonly number[]): void {
    if (rows.every((row, at) => row === at)) return
    this.#past = this.#pastOf(rows)
  }

  /** Keeps these rows, in rising order. */
  keep(rows: readonly number[]): void {
    const { caches } = this.#decoder
    caches.keep(rows)
    this.#cross = caches.feeds()
    this.#past = this.#pastOf(rows)
    this.#next = rowsOf(this.#next, rows, this.#size)
    this.#size = rows.length
  }

  #pastOf(rows: readonly number[]): Record<string, Tensor> {
    return Object.fromEntries(
      Object.entries(this.#past).map(([name, cache]) => [name, rowsOf(cache, rows, this.#size)]),
    )
  }
}

/** Some rows of a tensor whose first axis is the batch. */
function rowsOf(tensor: Tensor, keep: readonly number[], count: number): Tensor {
  const { data, dims, type } = tensor
  const size = data.length / count
  if (type === 'int64') {
    const all = data as BigInt64Array
    return longs(
      keep.flatMap((row) => [...all.subarray(row * size, (row + 1) * size)].map(Number)),
      [keep.length, ...dims.slice(1)],
    )
  }
  const all = data as Float32Array
  const kept = new Float32Array(keep.length * size)
  keep.forEach((row, at) => {
    kept.set(all.subarray(row * size, (row + 1) * size), at * size)
  })
  return floats(kept, [keep.length, ...dims.slice(1)])
}

/** Rows of a batch are padded to the longest: what lies behind a row's own end goes. */
export function withRowsOfAttention(heads: number): (row: Decoded) => Decoded {
  return (row) => ({
    ...row,
    attention: row.attention.map((all) => {
      const width = all.length / heads
      if (width === row.positions) return all
      const own = new (all instanceof Uint8Array ? Uint8Array : Float32Array)(heads * row.positions)
      for (let head = 0; head < heads; head++)
        own.set(all.subarray(head * width, head * width + row.positions), head * row.positions)
      return own
    }),
  })
}
