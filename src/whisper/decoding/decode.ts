/** Text out of what was encoded: several rows at once, each as if it were alone. */
import type { WhisperSpec } from '../weights/spec.ts'
import { Batch, type Outputs } from './batch.ts'
import type { Attention, Decoded, DecodeOptions, Decoder } from './decoder.ts'
import { isLooping } from './loops.ts'
import { Sampler } from './sampler.ts'
import { floatsOf, longs, type Tensor } from './sessions.ts'

/** Tokens around a prompt: what marks it, the start, language, task, and that there are no times. */
const FRAME = 5

/** Tokens of text that fit behind a prompt; a row that has ended goes on to the end of its call. */
export const roomFor = ({ shape, steps }: Pick<Decoder, 'shape' | 'steps'>, promptLength: number): number =>
  shape.textContext - promptLength - FRAME - steps

/** Decodes what was put into the decoder's caches: one row for each. */
export async function decode(decoder: Decoder, options: DecodeOptions): Promise<Decoded[]> {
  const { spec } = decoder
  const batch = new Greedy(decoder, options)
  const sampler = new Sampler(spec, options.temperature)
  // What comes before the text: nothing of it is said.
  const start = await batch.run(1, sampler.bias(1, false), -1)
  readStart(batch.rows, floatsOf(start.specials), spec, options.candidates)
  batch.say(beginning(batch.rows, spec, options.task))
  for (let first = true; batch.size > 0; first = false) {
    const steps = first || options.temperature > 0 ? 1 : decoder.steps
    batch.take(await batch.run(steps, sampler.bias(batch.size, first), Math.ceil(batch.size / 2) - 1))
  }
  return batch.rows.map(withRowsOfAttention(spec.alignmentHeads.length))
}

/** Rows of the likeliest tokens. Those that have ended leave the batch when they are half of it. */
class Greedy {
  readonly rows: Decoded[]
  readonly #batch: Batch
  readonly #decoder: Decoder
  readonly #limits: readonly number[]
  readonly #ended: boolean[]
  /** The rows that are in the batch. */
  #live: number[]

  constructor(decoder: Decoder, options: DecodeOptions) {
    this.#decoder = decoder
    this.#batch = new Batch(decoder, options.prompts, options.signal)
    this.#limits = options.limits
    this.rows = unsaid(decoder, options.languages)
    this.#ended = this.rows.map(() => false)
    this.#live = [...this.rows.keys()]
  }

  /** Rows that have not ended, and at most as many that have. */
  get size(): number {
    return this.#live.length
  }

  say(tokens: Tensor): void {
    this.#batch.say(tokens)
  }

  run(steps: number, bias: Tensor, leaveAt: number): Promise<Outputs> {
    const done = this.#live.map((row) => this.#ended[row]!)
    return this.#batch.run(steps, done, bias, leaveAt)
  }

  /** Notes what was said in a run. */
  take(out: Outputs): void {
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
        this.#ended[row] = take(rows[row]!, Number(ids[i]), logs[i]!, limit, this.#decoder.spec.eot)
      })
    }
    this.#leave()
  }

  #leave(): void {
    const keep = this.#live.flatMap((row, at) => (this.#ended[row] ? [] : [at]))
    if (keep.length > this.size / 2) return
    this.#live = keep.map((at) => this.#live[at]!)
    if (keep.length > 0) this.#batch.keep(keep)
  }
}

/** Nothing yet, of each row in the decoder's caches. */
export const unsaid = ({ caches }: Decoder, languages: DecodeOptions['languages']): Decoded[] =>
  caches.positions.map((positions, i) => ({
    tokens: [],
    logs: [],
    endLog: undefined,
    ending: 'end',
    noSpeech: 0,
    language: languages[i],
    languageProbability: 1,
    attention: [],
    positions,
  }))

/** @returns whether the row has ended */
function take(row: Decoded, id: number, log: number, limit: number, end: number): boolean {
  if (id === end) {
    row.endLog = log
    return true
  }
  row.tokens.push(id)
  row.logs.push(log)
  if (isLooping(row.tokens)) row.ending = 'loop'
  else if (row.tokens.length >= limit) row.ending = 'limit'
  return row.ending !== 'end'
}

/** What the model thinks before it says anything: whether there is speech, and in which language. */
export function readStart(
  rows: Decoded[],
  specials: Float32Array,
  { eot, noSpeech, multilingual }: WhisperSpec,
  candidates: readonly number[],
): void {
  const size = specials.length / rows.length
  rows.forEach((row, i) => {
    const log = (id: number): number => specials[i * size + id - eot]!
    row.noSpeech = Math.exp(log(noSpeech))
    if (!multilingual || row.language !== undefined) return
    const all = candidates.map((id) => ({ id, share: Math.exp(log(id)) }))
    const best = all.reduce((a, b) => (b.share > a.share ? b : a))
    row.language = best.id
    row.languageProbability = best.share / all.reduce((sum, { share }) => sum + share, 0)
  })
}

export function beginning(rows: Decoded[], spec: WhisperSpec, task: DecodeOptions['task']): Tensor {
  const tokens = rows.map(({ language }) =>
    spec.multilingual ? [language!, spec[task], spec.noTimestamps] : [spec.noTimestamps],
  )
  return longs(tokens.flat(), [rows.length, tokens[0]!.length])
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
