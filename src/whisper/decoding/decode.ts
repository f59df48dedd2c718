/** Text out of what was encoded: several rows at once, each as if it were alone. */
import { Batch, type Outputs, withRowsOfAttention } from './batch.ts'
import { begin } from './begin.ts'
import type { Attention, Decoded, DecodeOptions, Decoder } from './decoder.ts'
import { endingOf } from './loops.ts'
import { Sampler } from './sampler.ts'
import { floatsOf, type Tensor } from './sessions.ts'

/** Tokens around a prompt: what marks it, the start, language, task, and that there are no times. */
const FRAME = 5

/** Tokens of text that fit behind a prompt; a row that has ended goes on to the end of its call. */
export const roomFor = ({ shape, steps }: Pick<Decoder, 'shape' | 'steps'>, promptLength: number): number =>
  shape.textContext - promptLength - FRAME - steps

/** Decodes what was put into the decoder's caches: one row for each. */
export async function decode(decoder: Decoder, options: DecodeOptions): Promise<Decoded[]> {
  const { spec } = decoder
  const batch = new Batch(decoder, options.prompts, options.signal)
  const sampler = new Sampler(spec, options.temperature)
  const greedy = new Greedy(batch, await begin(batch, decoder, sampler, options), options.limits, spec.eot)
  for (let first = true; greedy.size > 0; first = false) {
    const steps = first || options.temperature > 0 ? 1 : decoder.steps
    await greedy.run(steps, sampler.bias(greedy.size, first))
  }
  return greedy.rows.map(withRowsOfAttention(spec.alignmentHeads.length))
}

/** Rows of the likeliest tokens. Those that have ended leave the batch when they are half of it. */
class Greedy {
  readonly rows: Decoded[]
  readonly #batch: Batch
  readonly #limits: readonly number[]
  readonly #end: number
  readonly #ended: boolean[]
  /** The rows that are in the batch. */
  #live: number[]

  constructor(batch: Batch, rows: Decoded[], limits: readonly number[], end: number) {
    this.#batch = batch
    this.rows = rows
    this.#limits = limits
    this.#end = end
    this.#ended = rows.map(() => false)
    this.#live = [...rows.keys()]
  }

  /** Rows that have not ended, and at most as many that have. */
  get size(): number {
    return this.#live.length
  }

  async run(steps: number, bias: Tensor): Promise<void> {
    const done = this.#live.map((row) => this.#ended[row]!)
    this.#take(await this.#batch.run(steps, done, bias, Math.ceil(this.size / 2) - 1))
    this.#leave()
  }

  /** Notes what was said in a run. */
  #take(out: Outputs): void {
    const { rows } = this
    const steps = out.ids!.dims[0]!
    const ids = out.ids!.data as BigInt64Array
    const logs = floatsOf(out.logs)
    const attention = out.attention!.data as Attention
    const size = attention.length / (steps * this.size)
    for (let step = 0; step < steps; step++) {
      this.#live.forEach((row, at) => {
        if (this.#ended[row]) return
        const i = step * this.size + at
        rows[row]!.attention.push(attention.subarray(i * size, (i + 1) * size))
        const limit = this.#limits[row]!
        this.#ended[row] = take(rows[row]!, Number(ids[i]), logs[i]!, limit, this.#end)
      })
    }
  }

  #leave(): void {
    const keep = this.#live.flatMap((row, at) => (this.#ended[row] ? [] : [at]))
    if (keep.length > this.size / 2) return
    this.#live = keep.map((at) => this.#live[at]!)
    if (keep.length > 0) this.#batch.keep(keep)
  }
}

/** @returns whether the row has ended */
function take(row: Decoded, id: number, log: number, limit: number, end: number): boolean {
  if (id === end) {
    row.endLog = log
    return true
  }
  row.tokens.push(id)
  row.logs.push(log)
  const ending = endingOf(row.tokens, limit)
  if (ending) row.ending = ending
  return ending !== undefined
}
