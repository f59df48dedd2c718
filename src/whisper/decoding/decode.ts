/** Text out of what was encoded: several rows at once, each as if it were alone. */
import { cacheNames, HEAD } from '../graphs/layers.ts'
import type { WhisperSpec } from '../weights/spec.ts'
import type { WhisperShape } from '../weights/weights.ts'
import type { CrossCaches } from './cross-caches.ts'
import { isLooping } from './loops.ts'
import { Sampler } from './sampler.ts'
import { flags, floats, floatsOf, longs, type Session, type Tensor } from './sessions.ts'

export interface DecodeOptions {
  /** Tokens before the start: what was said or may be said; empty: none. The same length for all rows. */
  prompts: readonly (readonly number[])[]
  /** The token of each row's language; undefined: the likeliest is taken. Passed over by English-only models. */
  languages: readonly (number | undefined)[]
  /** Among these the language is looked for. */
  candidates: readonly number[]
  task: 'transcribe' | 'translate'
  /** 0: the likeliest token each time. */
  temperature: number
  /** Most tokens of text that each row may have. */
  limits: readonly number[]
  signal?: AbortSignal | undefined
}

/** Why a row ended: the model said so; it went round in circles; it had said all it may. */
export type Ending = 'end' | 'loop' | 'limit'

export type Attention = Float32Array | Uint8Array

export interface Decoded {
  /** Text only. */
  tokens: number[]
  /** The logarithm of each one's probability. */
  logs: number[]
  /** Of the end token; undefined where it did not come. */
  endLog: number | undefined
  ending: Ending
  noSpeech: number
  /** Token of the language that was taken. */
  language: number | undefined
  /** How likely it was among all; 1 where it was given. */
  languageProbability: number
  /** For each token and, last, for the end: where the alignment heads looked, in proportion, [heads × positions]. */
  attention: Attention[]
  positions: number
}

/** Tokens around a prompt: what marks it, the start, language, task, and that there are no times. */
const FRAME = 5

/** Tokens of text that fit behind a prompt; a row that has ended goes on to the end of its call. */
export const roomFor = ({ shape, steps }: Pick<Decoder, 'shape' | 'steps'>, promptLength: number): number =>
  shape.textContext - promptLength - FRAME - steps

export interface Decoder {
  session: Session
  /** Of one call at most; between calls rows are looked at. */
  steps: number
  spec: WhisperSpec
  shape: WhisperShape
  caches: CrossCaches
}

/** Decodes what was put into the decoder's caches: one row for each. */
export async function decode(decoder: Decoder, options: DecodeOptions): Promise<Decoded[]> {
  const { spec } = decoder
  const batch = new Batch(decoder, options)
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

type Outputs = Awaited<ReturnType<Session['run']>>

/** Rows that are decoded together. Those that have ended leave it when they are half of it. */
class Batch {
  readonly rows: Decoded[]
  readonly #decoder: Decoder
  readonly #options: DecodeOptions
  readonly #ended: boolean[]
  /** The rows that are in it. */
  #live: number[]
  #cross: Record<string, Tensor>
  #past: Record<string, Tensor>
  #next: Tensor

  constructor(decoder: Decoder, options: DecodeOptions) {
    const { spec, shape, caches } = decoder
    this.#decoder = decoder
    this.#options = options
    this.rows = caches.positions.map((positions, i) => unsaid(positions, options.languages[i]))
    this.#ended = this.rows.map(() => false)
    this.#live = [...this.rows.keys()]
    this.#cross = caches.feeds()
    const none = floats(new Float32Array(0), [this.rows.length, shape.heads, 0, HEAD])
    this.#past = Object.fromEntries(cacheNames(shape.decoderLayers).map((name) => [`p${name}`, none]))
    const tokens = options.prompts.map((prompt) =>
      prompt.length > 0 ? [spec.sotPrev, ...prompt, spec.sot] : [spec.sot],
    )
    this.#next = longs(tokens.flat(), [tokens.length, tokens[0]?.length ?? 0])
  }

  /** Rows that have not ended, and at most as many that have. */
  get size(): number {
    return this.#live.length
  }

  /** What comes next, instead of what the model would say. */
  say(tokens: Tensor): void {
    this.#next = tokens
  }

  /** @param leaveAt it ends before its last step when no more rows than these go on */
  async run(steps: number, bias: Tensor, leaveAt: number): Promise<Outputs> {
    this.#options.signal?.throwIfAborted()
    const { session, shape } = this.#decoder
    const out = await session.run({
      ...this.#cross,
      ...this.#past,
      tokens: this.#next,
      done: flags(this.#live.map((row) => this.#ended[row]!)),
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
        const limit = this.#options.limits[row]!
        this.#ended[row] = take(rows[row]!, Number(ids[i]), logs[i]!, limit, this.#decoder.spec.eot)
      })
    }
    this.#leave()
  }

  #leave(): void {
    const keep = this.#live.flatMap((row, at) => (this.#ended[row] ? [] : [at]))
    if (keep.length > this.size / 2) return
    const count = this.size
    this.#live = keep.map((at) => this.#live[at]!)
    if (keep.length === 0) return
    const { caches } = this.#decoder
    caches.keep(keep)
    this.#cross = caches.feeds()
    this.#past = Object.fromEntries(
      Object.entries(this.#past).map(([name, cache]) => [name, rowsOf(cache, keep, count)]),
    )
    this.#next = rowsOf(this.#next, keep, count)
  }
}

const unsaid = (positions: number, language: number | undefined): Decoded => ({
  tokens: [],
  logs: [],
  endLog: undefined,
  ending: 'end',
  noSpeech: 0,
  language,
  languageProbability: 1,
  attention: [],
  positions,
})

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
function readStart(
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

function beginning(rows: Decoded[], spec: WhisperSpec, task: DecodeOptions['task']): Tensor {
  const tokens = rows.map(({ language }) =>
    spec.multilingual ? [language!, spec[task], spec.noTimestamps] : [spec.noTimestamps],
  )
  return longs(tokens.flat(), [rows.length, tokens[0]!.length])
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
function withRowsOfAttention(heads: number): (row: Decoded) => Decoded {
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
