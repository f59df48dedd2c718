/** Sounds that are decoded together: what they attend to, what each of their texts has said, and what comes next. */
import { DEAD, isAlive, UNSEEN } from '../graphs/choice.ts'
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
    const kept = sounds.map((sound) => ({ sound, stretches: this.#seenIn(sound, past) }))
    const longest = Math.max(
      ...kept.map(({ stretches }) => stretches.reduce((sum, { length }) => sum + length, 0)),
    )
    if (sounds.length === this.#size && longest === past) return
    for (const [name, cache] of Object.entries(this.#past)) this.#past[name] = pastOf(cache, kept, longest)
    const { see, places, ...rows } = this.#state
    this.#state = {
      ...Object.fromEntries(Object.entries(rows).map(([name, all]) => [name, rowsOf(all, sounds)])),
      see: seeOf(see!, kept, longest),
      places: places!,
    }
  }

  /** What a text of a sound sees of the past that goes on. */
  #seenIn(sound: number, past: number): Stretch[] {
    const texts = this.#texts
    const sums = floatsOf(this.#state.sums).subarray(sound * texts, (sound + 1) * texts)
    const see = floatsOf(this.#state.see)
    const all = past + texts
    const living = [...sums.keys()].filter((text) => isAlive(sums[text]!))
    const found: Stretch[] = []
    for (let place = 0; place < past; place++) {
      if (!living.some((text) => see[(sound * texts + text) * all + place] === 0)) continue
      const last = found.at(-1)
      if (last && last.from + last.length === place) last.length++
      else found.push({ from: place, length: 1 })
    }
    return found
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

/** Places of the past, one after the other. */
interface Stretch {
  from: number
  length: number
}

/** What is kept of a sound. */
interface Kept {
  sound: number
  stretches: readonly Stretch[]
}

/** @param cache [sounds, heads, past, 64] @param longest places of what is kept */
function pastOf(cache: Tensor, kept: readonly Kept[], longest: number): Tensor {
  const [, heads = 0, past = 0] = cache.dims
  const all = floatsOf(cache)
  const data = new Float32Array(kept.length * heads * longest * HEAD)
  kept.forEach(({ sound, stretches }, at) => {
    for (let head = 0; head < heads; head++) {
      const row = all.subarray((sound * heads + head) * past * HEAD)
      copyStretches(row, stretches, HEAD, data.subarray((at * heads + head) * longest * HEAD))
    }
  })
  return floats(data, [kept.length, heads, longest, HEAD])
}

/** @param see [sounds, 1, texts, past + texts] */
function seeOf(see: Tensor, kept: readonly Kept[], longest: number): Tensor {
  const [, , texts = 0, width = 0] = see.dims
  const all = floatsOf(see)
  const data = new Float32Array(kept.length * texts * (longest + texts)).fill(UNSEEN)
  kept.forEach(({ sound, stretches }, at) => {
    for (let text = 0; text < texts; text++) {
      const row = all.subarray((sound * texts + text) * width, (sound * texts + text + 1) * width)
      const target = data.subarray((at * texts + text) * (longest + texts))
      copyStretches(row, stretches, 1, target)
      // The new tokens.
      target.set(row.subarray(width - texts), longest)
    }
  })
  return floats(data, [kept.length, 1, texts, longest + texts])
}

/** One behind the other. @param width numbers of a place */
function copyStretches(
  source: Float32Array,
  stretches: readonly Stretch[],
  width: number,
  target: Float32Array,
): void {
  let to = 0
  for (const { from, length } of stretches) {
    target.set(source.subarray(from * width, (from + length) * width), to * width)
    to += length
  }
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
