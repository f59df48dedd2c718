/** Sounds that are decoded together: what they attend to, what each of their texts has said, and what comes next. */
import { DEAD, UNSEEN } from '../graphs/choice.ts'
import { cacheNames, HEAD } from '../graphs/layers.ts'
import type { Decoder } from './decoder.ts'
import { floats, floatsOf, longs, number, type Session, type Tensor } from './sessions.ts'

export type Outputs = Awaited<ReturnType<Session['run']>>

/**
 * How far a text may lie behind the best one of its sound, in logarithms of probability, and still be carried on. Wrong
 * words of ten sets with base and three texts: 924 within 1.5, 928 within 2.5; within 1, Spanish has 107 instead of 100.
 */
const SLACK = 1.5

export interface Run {
  /** At most. */
  steps: number
  /** Texts that each sound is to have. */
  beams: number
  bias: Tensor
  /** It ends before its last step when no more sounds than these go on. */
  leaveAt: number
}

/** What goes from run to run, by the names of `CARRIED`. */
type State = Record<string, Tensor>

export class Batch {
  readonly #decoder: Decoder
  readonly #signal: AbortSignal | undefined
  #size: number
  #cross: Record<string, Tensor>
  #past: Record<string, Tensor>
  #state: State

  /** @param prompts of the sounds that are in the decoder's caches */
  constructor(decoder: Decoder, prompts: readonly (readonly number[])[], signal?: AbortSignal) {
    const { spec, shape, caches } = decoder
    this.#decoder = decoder
    this.#signal = signal
    this.#size = caches.positions.length
    this.#cross = caches.feeds()
    const none = floats(new Float32Array(0), [this.#size, shape.heads, 0, HEAD])
    this.#past = Object.fromEntries(cacheNames(shape.decoderLayers).map((name) => [`p${name}`, none]))
    const begin = (prompt: readonly number[]): number[] =>
      prompt.length > 0 ? [spec.sotPrev, ...prompt, spec.sot] : [spec.sot]
    this.#state = beginning(prompts.map(begin), 0)
  }

  /** Of each sound. */
  get #texts(): number {
    return this.#state.sums!.dims[1]!
  }

  /** What comes next in each sound, instead of what the model would say: nothing has been said before it. */
  say(tokens: readonly (readonly number[])[]): void {
    this.#state = beginning(tokens, this.#past.pk0!.dims[2]!)
  }

  async run({ steps, beams, bias, leaveAt }: Run): Promise<Outputs> {
    this.#signal?.throwIfAborted()
    const { session, shape } = this.#decoder
    const out = await session.run({
      ...this.#cross,
      ...this.#past,
      ...this.#state,
      max: longs([steps], []),
      beams: longs([beams], [1]),
      slack: number(SLACK),
      stop: longs([leaveAt], []),
      apart: floats(ownOnly(beams), [1, 1, beams, beams]),
      bias,
    })
    this.#past = Object.fromEntries(
      cacheNames(shape.decoderLayers).map((name) => [`p${name}`, out[`n${name}`]!]),
    )
    this.#state = Object.fromEntries(Object.keys(this.#state).map((name) => [name, out[`next_${name}`]!]))
    return out
  }

  /** A text that does not go on. */
  end(sound: number, text: number): void {
    floatsOf(this.#state.sums)[sound * this.#texts + text] = DEAD
  }

  /** Keeps these sounds, in rising order. */
  keep(sounds: readonly number[]): void {
    const { caches } = this.#decoder
    if (sounds.length < this.#size) {
      caches.keep(sounds)
      this.#cross = caches.feeds()
    }
    this.#forget(sounds)
    this.#size = sounds.length
  }

  /** Of these sounds it keeps what a text sees that goes on. */
  #forget(sounds: readonly number[]): void {
    const past = this.#past.pk0!.dims[2]!
    const seen = sounds.map((sound) => this.#seenIn(sound, past))
    const longest = Math.max(...seen.map(({ length }) => length))
    if (sounds.length === this.#size && longest === past) return
    const places = sounds.map((sound, at) => ({ sound, seen: seen[at]!, longest }))
    for (const [name, cache] of Object.entries(this.#past)) this.#past[name] = pastOf(cache, places)
    const { see, places: positions, ...rows } = this.#state
    this.#state = {
      ...Object.fromEntries(Object.entries(rows).map(([name, all]) => [name, rowsOf(all, sounds)])),
      see: seeOf(see!, places),
      places: positions!,
    }
  }

  /** Places of the past that a text of a sound sees which goes on. */
  #seenIn(sound: number, past: number): number[] {
    const texts = this.#texts
    const sums = floatsOf(this.#state.sums).subarray(sound * texts, (sound + 1) * texts)
    const see = floatsOf(this.#state.see)
    const all = past + texts
    const living = [...sums.keys()].filter((text) => sums[text]! > DEAD / 2)
    return Array.from({ length: past }, (_, place) => place).filter((place) =>
      living.some((text) => see[(sound * texts + text) * all + place] === 0),
    )
  }
}

/** The first tokens of each sound's only text, after so many that all of it sees. */
function beginning(tokens: readonly (readonly number[])[], past: number): State {
  const count = tokens.length
  const length = tokens[0]?.length ?? 0
  const see = new Float32Array(count * length * (past + length))
  for (let row = 0; row < count * length; row++) {
    const from = row * (past + length)
    see.fill(UNSEEN, from + past + (row % length) + 1, from + past + length)
  }
  return {
    tokens: longs(tokens.flat(), [count, length]),
    places: longs(
      Array.from({ length }, (_, i) => past + i),
      [length],
    ),
    see: floats(see, [count, 1, length, past + length]),
    sums: floats(new Float32Array(count), [count, 1]),
    ended: longs(new Array<number>(count).fill(0), [count, 1]),
  }
}

/** New tokens, each of which sees itself. */
function ownOnly(size: number): Float32Array {
  const see = new Float32Array(size * size).fill(UNSEEN)
  for (let i = 0; i < size; i++) see[i * size + i] = 0
  return see
}

/** What is kept of a sound, in places of a past that is `longest` long. */
interface Kept {
  sound: number
  seen: readonly number[]
  longest: number
}

/** @param cache [sounds, heads, past, 64] */
function pastOf(cache: Tensor, kept: readonly Kept[]): Tensor {
  const [, heads = 0, past = 0] = cache.dims
  const all = floatsOf(cache)
  const longest = kept[0]!.longest
  const data = new Float32Array(kept.length * heads * longest * HEAD)
  kept.forEach(({ sound, seen }, at) => {
    for (let head = 0; head < heads; head++) {
      const from = (sound * heads + head) * past
      const to = (at * heads + head) * longest
      seen.forEach((place, i) => {
        data.set(all.subarray((from + place) * HEAD, (from + place + 1) * HEAD), (to + i) * HEAD)
      })
    }
  })
  return floats(data, [kept.length, heads, longest, HEAD])
}

/** @param see [sounds, 1, texts, past + texts] */
function seeOf(see: Tensor, kept: readonly Kept[]): Tensor {
  const [, , texts = 0, width = 0] = see.dims
  const all = floatsOf(see)
  const longest = kept[0]!.longest
  const data = new Float32Array(kept.length * texts * (longest + texts)).fill(UNSEEN)
  kept.forEach(({ sound, seen }, at) => {
    for (let text = 0; text < texts; text++) {
      const from = (sound * texts + text) * width
      const to = (at * texts + text) * (longest + texts)
      seen.forEach((place, i) => {
        data[to + i] = all[from + place]!
      })
      data.set(all.subarray(from + width - texts, from + width), to + longest)
    }
  })
  return floats(data, [kept.length, 1, texts, longest + texts])
}

/** Some rows of a tensor whose first axis are the sounds. */
function rowsOf({ data, dims, type }: Tensor, keep: readonly number[]): Tensor {
  const size = data.length / dims[0]!
  const shape = [keep.length, ...dims.slice(1)]
  const of = <T>(all: ArrayLike<T>): T[] =>
    keep.flatMap((row) => Array.from({ length: size }, (_, i) => all[row * size + i]!))
  if (type === 'int64') return longs(of(data as BigInt64Array).map(Number), shape)
  return floats(Float32Array.from(of(data as Float32Array)), shape)
}
