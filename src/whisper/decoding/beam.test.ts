import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CANDIDATES } from '../graphs/decoder.ts'
import { decodeBeams, MOST_BEAMS } from './beam.ts'
import type { Decoder } from './decoder.ts'
import { floats, longs, type Tensor } from './sessions.ts'

const END = 9
/** How likely a token is after those before it. */
type Language = (said: readonly number[]) => Readonly<Record<number, number | undefined>>

/**
 * A decoder that speaks a small language. What its rows have said is in their caches, so a row that goes on from another
 * one without its cache says something else.
 */
function speaker(language: Language, rows: number): Decoder {
  let begun = 0
  const run = async (feeds: Record<string, Tensor>) => {
    const tokens = feeds.tokens!
    const past = feeds.pk0!
    const count = tokens.dims[0]!
    const length = past.dims[2]!
    const said = Array.from({ length: count }, (_, row) => [
      ...(past.data as Float32Array).subarray(row * length, (row + 1) * length),
      // The start and what comes before the text are not said.
      ...(begun < 2 ? [] : [Number((tokens.data as BigInt64Array)[row])]),
    ])
    begun += 1
    const best = said.map((words) => {
      const shares = Object.entries(begun < 2 ? {} : language(words)).map(
        ([token, share]) => [Number(token), Math.log(share!)] as const,
      )
      const others = Array.from({ length: CANDIDATES }, (_, i) => [i, -50] as const)
      return [...shares.toSorted((a, b) => b[1] - a[1]), ...others].slice(0, CANDIDATES)
    })
    const cache = floats(Float32Array.from(said.flat()), [count, 1, said[0]!.length, 1])
    return {
      best: longs(
        best.flat().map(([token]) => token),
        [count, CANDIDATES],
      ),
      bestLogs: floats(
        Float32Array.from(best.flat(), ([, log]) => log),
        [count, CANDIDATES],
      ),
      specials: floats(new Float32Array(count * 8), [count, 8]),
      attention: floats(new Float32Array(count), [1, count, 1, 1]),
      next: tokens,
      nk0: cache,
      nv0: cache,
    }
  }
  let positions: number[] = new Array<number>(rows).fill(1)
  const caches = {
    get positions() {
      return positions
    },
    feeds: () => ({}),
    keep(kept: readonly number[]) {
      positions = kept.map((row) => positions[row]!)
    },
  }
  return {
    session: { run },
    steps: 1,
    spec: {
      sot: END + 2,
      noTimestamps: END + 3,
      eot: END,
      noSpeech: END + 1,
      multilingual: false,
      suppress: [],
      suppressBegin: [],
      alignmentHeads: [[0, 0]],
    },
    shape: { heads: 1, decoderLayers: 1 },
    caches,
  } as unknown as Decoder
}

async function hear(language: Language, beamSize: number, sounds = 1, limit = 10): Promise<number[][]> {
  const rows = await decodeBeams(
    speaker(language, sounds * beamSize),
    {
      prompts: new Array<number[]>(sounds).fill([]),
      languages: new Array<undefined>(sounds).fill(undefined),
      candidates: [],
      task: 'transcribe',
      temperature: 0,
      limits: new Array<number>(sounds).fill(limit),
    },
    beamSize,
  )
  return rows.map(({ tokens }) => tokens)
}

/** The likeliest first word leads to unlikely ones. */
const gardenPath: Language = (said) => {
  if (said.length === 0) return { 1: 0.6, 2: 0.4 }
  if (said.length === 1) return said[0] === 1 ? { 3: 0.4, 4: 0.3, 5: 0.3 } : { 6: 1 }
  return { [END]: 1 }
}

describe('a beam', () => {
  it('of two finds the way past a first word that is likelier by itself', async () => {
    expect(await hear(gardenPath, 1)).toEqual([[1, 3]])
    expect(await hear(gardenPath, 2)).toEqual([[2, 6]])
  })

  it('hears every sound beside others as alone', async () => {
    expect(await hear(gardenPath, 3, 4)).toEqual([
      [2, 6],
      [2, 6],
      [2, 6],
      [2, 6],
    ])
  })

  it('ends at the limit where the language has no end, and with what goes round in circles', async () => {
    const counting: Language = (said) => ({ [1 + (said.length % 7)]: 0.9, 8: 0.1 })
    expect((await hear(counting, 2, 1, 6))[0]).toHaveLength(6)
    expect((await hear(() => ({ 1: 1 }), 2, 1, 100))[0]!.length).toBeLessThan(20)
  })

  it('of as many texts as there are finds the likeliest by its mean', async () => {
    // Two words of two kinds each: four texts, all of which a beam of five holds.
    const share = fc.double({ min: 0.05, max: 0.95, noNaN: true })
    await fc.assert(
      fc.asyncProperty(share, share, share, async (first, afterOne, afterTwo) => {
        const language: Language = (said) => {
          if (said.length === 0) return { 1: first, 2: 1 - first }
          if (said.length > 1) return { [END]: 1 }
          const next = said[0] === 1 ? afterOne : afterTwo
          return { 3: next, 4: 1 - next }
        }
        const texts = [
          [first * afterOne, [1, 3]],
          [first * (1 - afterOne), [1, 4]],
          [(1 - first) * afterTwo, [2, 3]],
          [(1 - first) * (1 - afterTwo), [2, 4]],
        ] as const
        const most = Math.max(...texts.map(([likely]) => likely))
        const [text] = await hear(language, MOST_BEAMS)
        const [likely] = texts.find(([, tokens]) => tokens.join() === text!.join())!
        expect(likely).toBeCloseTo(most, 5)
      }),
      { numRuns: 30 },
    )
  })
})
