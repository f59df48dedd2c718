/** Text out of what was encoded: several sounds at once, each as if it were alone. */
import { isAlive } from '../graphs/choice.ts'
import { Batch, type Outputs } from './batch.ts'
import { begin } from './begin.ts'
import type { Attention, Decoded, DecodeOptions, Decoder } from './decoder.ts'
import { Sampler } from './sampler.ts'
import { meanOf, Search, type Step } from './search.ts'
import { floatsOf } from './sessions.ts'

/** Tokens around a prompt: what marks it, the start, language, task, and that there are no times. */
const FRAME = 5

/** Tokens of text that fit behind a prompt; a text that has ended goes on to the end of its call. */
export const roomFor = ({ shape, steps }: Pick<Decoder, 'shape' | 'steps'>, promptLength: number): number =>
  shape.textContext - promptLength - FRAME - steps

/**
 * A text whose tokens' logarithms have a lower mean than this is looked for again, among several. One in 14 clean English
 * parts is below it, two in three Spanish ones. Wrong words of twelve sets with base, five texts below −0.15, −0.2, −0.25
 * and nowhere: 940, 963, 977, 1043.
 */
const UNSURE_LOG = -0.15
/** Where so many tokens have a lower mean than this, the first text need not be finished. */
const LOST = { tokens: 16, log: -0.2 }

/**
 * Decodes what was put into the decoder's caches: first with the likeliest token each time, then, where that led to a
 * text that the model is not sure of, with `beams` texts side by side, of which the likeliest is taken.
 * @param beams 1: only the likeliest tokens. Words that are drawn by lot, at a temperature, are drawn once.
 */
export async function decode(decoder: Decoder, options: DecodeOptions, beams = 1): Promise<Decoded[]> {
  if (beams === 1 || options.temperature > 0) return decodeAs(decoder, options, 1)
  const rows = await decodeAs(decoder, options, 1, true)
  const unsure = [...rows.keys()].filter((at) => meanOf(rows[at]!) < UNSURE_LOG)
  if (unsure.length === 0) return rows
  decoder.caches.use(unsure)
  const of = <T>(all: readonly T[]): T[] => unsure.map((at) => all[at]!)
  const { prompts, languages, limits } = options
  const better = await decodeAs(
    decoder,
    { ...options, prompts: of(prompts), languages: of(languages), limits: of(limits) },
    beams,
  )
  for (const [i, at] of unsure.entries()) rows[at] = better[i]!
  return rows
}

/** @param leaveUnsure whether sounds end early that are to be decoded again */
async function decodeAs(
  decoder: Decoder,
  options: DecodeOptions,
  beams: number,
  leaveUnsure = false,
): Promise<Decoded[]> {
  const { spec } = decoder
  const batch = new Batch(decoder, options.prompts, options.signal)
  const sampler = new Sampler(spec, options.temperature)
  const rows = await begin(batch, decoder, sampler, options)
  const searches = options.limits.map((limit) => new Search(limit))
  let live = [...searches.keys()]
  for (let first = true; live.length > 0; first = false) {
    const out = await batch.run({
      steps: first || options.temperature > 0 ? 1 : decoder.steps,
      beams,
      bias: sampler.bias(live.length, first),
      leaveAt: Math.ceil(live.length / 2) - 1,
    })
    const here = live.map((row) => searches[row]!)
    here.forEach((search, at) => {
      for (const step of stepsOf(out, at)) search.take(step)
      if (leaveUnsure) search.endBelow(LOST.log, LOST.tokens)
      for (const [text, goesOn] of search.goesOn.entries()) if (!goesOn) batch.end(at, text)
    })
    live = left(batch, here, live)
  }
  const heads = spec.alignmentHeads.length
  return rows.map((row, i) => withOwnAttention({ ...row, ...searches[i]!.best }, heads))
}

/** Sounds that have ended leave when they are half of all. */
function left(batch: Batch, here: readonly Search[], live: readonly number[]): number[] {
  const going = [...here.keys()].filter((at) => here[at]!.goesOn.some(Boolean))
  const keep = going.length > here.length / 2 ? [...here.keys()] : going
  if (keep.length > 0) batch.keep(keep)
  return keep.map((at) => live[at]!)
}

/** What a run tells of one of its sounds. */
function stepsOf(out: Outputs, sound: number): Step[] {
  const [steps = 0, sounds = 0, beams = 0] = out.ids!.dims
  const texts = out.ends!.dims[2]!
  const attention = out.attention!.data as Attention
  const size = attention.length / (steps * sounds * texts)
  return Array.from({ length: steps }, (_, step) => {
    const from = step * sounds + sound
    const chosen = <T extends { subarray(from: number, to: number): T }>(all: T): T =>
      all.subarray(from * beams, (from + 1) * beams)
    return {
      ids: Array.from(chosen(out.ids!.data as BigInt64Array), Number),
      parents: Array.from(chosen(out.parents!.data as BigInt64Array), Number),
      logs: chosen(floatsOf(out.logs)),
      ends: Array.from(floatsOf(out.ends).subarray(from * texts, (from + 1) * texts), (log) =>
        isAlive(log) ? log : undefined,
      ),
      attention: Array.from({ length: texts }, (_, text) =>
        attention.subarray((from * texts + text) * size, (from * texts + text + 1) * size),
      ),
    }
  })
}

/** Sounds of a batch are padded to the longest: what lies behind a sound's own end goes. */
function withOwnAttention(row: Decoded, heads: number): Decoded {
  return {
    ...row,
    attention: row.attention.map((all) => {
      const width = all.length / heads
      if (width === row.positions) return all
      const own = new (all instanceof Uint8Array ? Uint8Array : Float32Array)(heads * row.positions)
      for (let head = 0; head < heads; head++)
        own.set(all.subarray(head * width, head * width + row.positions), head * row.positions)
      return own
    }),
  }
}
