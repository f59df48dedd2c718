/** The likeliest of several texts, each of which goes on in the likeliest ways: a beam. */
import { CANDIDATES } from '../graphs/decoder.ts'
import { Batch, type Outputs, withRowsOfAttention } from './batch.ts'
import { begin } from './begin.ts'
import type { Attention, Decoded, DecodeOptions, Decoder, Ending } from './decoder.ts'
import { endingOf } from './loops.ts'
import { Sampler } from './sampler.ts'
import { floatsOf, longs } from './sessions.ts'

/** Each text is asked for one way more than there are texts, since one may be its end. */
export const MOST_BEAMS = CANDIDATES - 1

/** A text so far. */
interface Beam {
  tokens: number[]
  logs: number[]
  /** Of `logs`. */
  sum: number
  attention: Attention[]
}

interface Ended extends Beam {
  ending: Ending
  endLog: number | undefined
}

/**
 * Decodes sounds that were put into the decoder's caches `beamSize` times each, side by side. The text that is taken has
 * the highest mean of its tokens' logarithms, the end's among them, as in OpenAI's driver. `options` are those of the
 * sounds; their temperature is passed over.
 */
export async function decodeBeams(
  decoder: Decoder,
  options: DecodeOptions,
  beamSize: number,
): Promise<Decoded[]> {
  const { spec } = decoder
  const often = <T>(values: readonly T[]): T[] =>
    values.flatMap((value) => new Array<T>(beamSize).fill(value))
  const batch = new Batch(decoder, often(options.prompts), options.signal)
  const sampler = new Sampler(spec, 0)
  const rows = await begin(batch, decoder, sampler, { ...options, languages: often(options.languages) })
  const all = options.limits.map((limit) => new Search(beamSize, limit, spec.eot))
  let live = all
  for (let first = true; live.length > 0; first = false) {
    const none = new Array<boolean>(batch.size).fill(false)
    const out = await batch.run(1, none, sampler.bias(1, first), -1)
    const parents = live.flatMap((search, at) => search.goOn(out, at * beamSize))
    batch.follow(parents)
    batch.say(
      longs(
        live.flatMap((search) => search.last),
        [batch.size, 1],
      ),
    )
    const keep = [...live.keys()].filter((at) => !live[at]!.hasEnded)
    if (keep.length < live.length) {
      live = keep.map((at) => live[at]!)
      if (live.length > 0)
        batch.keep(keep.flatMap((at) => Array.from({ length: beamSize }, (_, beam) => at * beamSize + beam)))
    }
  }
  const inRow = withRowsOfAttention(spec.alignmentHeads.length)
  return all.map((search, at) => inRow({ ...rows[at * beamSize]!, ...search.best }))
}

/** The texts of one sound. */
class Search {
  readonly #size: number
  readonly #limit: number
  readonly #end: number
  #beams: Beam[] = [{ tokens: [], logs: [], sum: 0, attention: [] }]
  readonly #ended: Ended[] = []

  constructor(size: number, limit: number, end: number) {
    this.#size = size
    this.#limit = limit
    this.#end = end
  }

  get hasEnded(): boolean {
    return this.#beams.length === 0 || this.#ended.length >= this.#size
  }

  /** The last token of each beam; there are always as many. */
  get last(): number[] {
    return Array.from({ length: this.#size }, (_, at) => this.#beams[at]?.tokens.at(-1) ?? this.#end)
  }

  /** @returns for each beam the row that it goes on from */
  goOn(out: Outputs, from: number): number[] {
    const beams = this.#beams
    const ways = beams.flatMap((beam, at) =>
      waysOf(out, from + at, beam.sum).map((way) => ({ ...way, beam })),
    )
    ways.sort((a, b) => b.sum - a.sum)
    this.#beams = []
    const parents: number[] = []
    for (const { beam, row, token, log, sum } of ways) {
      if (this.#beams.length === this.#size) break
      const attention = [...beam.attention, attentionOf(out, row)]
      if (token === this.#end) {
        this.#ended.push({ ...beam, sum, attention, ending: 'end', endLog: log })
        continue
      }
      const longer = { tokens: [...beam.tokens, token], logs: [...beam.logs, log], sum, attention }
      const ending = endingOf(longer.tokens, this.#limit)
      if (ending) this.#ended.push({ ...longer, ending, endLog: undefined })
      else {
        this.#beams.push(longer)
        parents.push(row)
      }
    }
    return Array.from({ length: this.#size }, (_, at) => parents[at] ?? from)
  }

  get best(): Ended {
    const mean = ({ sum, logs, endLog }: Ended): number =>
      sum / (logs.length + (endLog === undefined ? 0 : 1))
    const whole = this.#ended.filter(({ ending }) => ending === 'end')
    return (whole.length > 0 ? whole : this.#ended).reduce((a, b) => (mean(b) > mean(a) ? b : a))
  }
}

/** How a text may go on: its row's likeliest tokens. */
function waysOf(out: Outputs, row: number, before: number) {
  const ids = out.best!.data as BigInt64Array
  const logs = floatsOf(out.bestLogs)
  return Array.from({ length: CANDIDATES }, (_, i) => {
    const log = logs[row * CANDIDATES + i]!
    return { row, token: Number(ids[row * CANDIDATES + i]), log, sum: before + log }
  })
}

function attentionOf(out: Outputs, row: number): Attention {
  const all = out.attention!.data as Attention
  const size = all.length / out.best!.dims[0]!
  return all.subarray(row * size, (row + 1) * size)
}
