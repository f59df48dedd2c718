import fc from 'fast-check'
import { InferenceSession } from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CARRIED, choose, TOLD } from '../graphs/choice.ts'
import { HEAD } from '../graphs/layers.ts'
import { BOOL, FLOAT, GraphBuilder, INT64 } from '../graphs/onnx.ts'
import { decode } from './decode.ts'
import type { Decoder } from './decoder.ts'
import { bytes, floats, floatsOf, type Tensor } from './sessions.ts'

const END = 9
const SPECIALS = 8
/** How likely a token is after those before it. */
type Language = (said: readonly number[]) => Readonly<Record<number, number | undefined>>

let chooser: InferenceSession

/** A step's choice by itself, as ONNX Runtime computes it. */
beforeAll(async () => {
  const graph = new GraphBuilder()
  const { next, told, goesOn } = choose(graph, 'logs', END)
  const model = graph.model(
    [
      ...CARRIED.map((value) => ({ ...value, name: `b_${value.name}` })),
      { name: 'logs', type: FLOAT, dims: ['batch', 'texts', END + 1 + SPECIALS] },
      { name: 'beams', type: INT64, dims: [1] },
      { name: 'slack', type: FLOAT, dims: [] },
      { name: 'stop', type: INT64, dims: [] },
      { name: 'apart', type: FLOAT, dims: [1, 1, 'beams', 'beams'] },
      { name: 'bias', type: FLOAT, dims: ['biases', 1, END + 1] },
    ],
    [
      ...CARRIED.map(({ name, type }) => ({ name: next[name]!, type })),
      ...TOLD.map(({ name, type }) => ({ name: told[name]!, type })),
      { name: goesOn, type: BOOL, dims: [] },
    ],
  )
  const session = await InferenceSession.create(model)
  const names = { ...prefixed(next, 'next_'), ...told }
  chooser = {
    run: async (feeds: Record<string, Tensor>) => {
      const out = await session.run(feeds)
      return Object.fromEntries(Object.entries(names).map(([name, output]) => [name, out[output]!]))
    },
    release: () => session.release(),
  } as unknown as InferenceSession
})
afterAll(() => chooser.release())

const prefixed = <T>(all: Record<string, T>, prefix: string): Record<string, T> =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [prefix + name, value]))

/**
 * A decoder that speaks a small language. What its texts have said it knows from the caches and from what each text
 * sees of them, so a text that goes on from another one's words says something else.
 */
function speaker(language: Language, sounds: number): Decoder {
  const run = async (feeds: Record<string, Tensor>) => {
    const heard = wordsSeen(feeds)
    const all = new Float32Array(heard.length * heard[0]!.length * (END + 1 + SPECIALS)).fill(-50)
    heard.flat().forEach((words, text) => {
      // Before the marks of the beginning are there, nothing is said.
      const shares = words.includes(END + 3) ? language(words.filter((word) => word < END)) : {}
      for (const [token, share] of Object.entries(shares))
        all[text * (END + 1 + SPECIALS) + Number(token)] = Math.log(share!)
    })
    const texts = heard[0]!.length
    const { beams, slack, stop, apart, bias, tokens, pk0 } = feeds
    const carried = Object.fromEntries(CARRIED.map(({ name }) => [name, feeds[name]!]))
    const chosen = await chooser.run({
      ...prefixed(carried, 'b_'),
      ...{ beams: beams!, slack: slack!, stop: stop!, apart: apart!, bias: bias! },
      logs: floats(all, [heard.length, texts, END + 1 + SPECIALS]),
    })
    const cache = longer(pk0!, tokens!)
    const oneStep = Object.fromEntries(
      TOLD.map(({ name }) => [
        name,
        { ...chosen[name]!, data: chosen[name]!.data, dims: [1, ...chosen[name]!.dims] },
      ]),
    )
    return {
      ...chosen,
      ...oneStep,
      specials: floats(new Float32Array(heard.length * texts * SPECIALS), [heard.length, texts, SPECIALS]),
      attention: bytes(new Uint8Array(heard.length * texts), [1, heard.length, texts, 1, 1]),
      nk0: cache,
      nv0: cache,
    }
  }
  let used = Array.from({ length: sounds }, (_, at) => at)
  const caches = {
    get positions() {
      return used.map(() => 1)
    },
    feeds: () => ({}),
    keep(places: readonly number[]) {
      used = places.map((place) => used[place]!)
    },
    use(ids: readonly number[]) {
      used = [...ids]
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

/** Of each text of each sound, the tokens that its last one sees. */
function wordsSeen({ tokens, see, sums, pk0 }: Record<string, Tensor>): number[][][] {
  const [count = 0, length = 0] = tokens!.dims
  const past = pk0!.dims[2]!
  const texts = sums!.dims[1]!
  const sees = floatsOf(see)
  return Array.from({ length: count }, (_, sound) => {
    const all = [
      ...Array.from({ length: past }, (_, place) => floatsOf(pk0)[(sound * past + place) * HEAD]!),
      ...Array.from((tokens!.data as BigInt64Array).subarray(sound * length, (sound + 1) * length), Number),
    ]
    return Array.from({ length: texts }, (_, text) => {
      const row = sound * length + length - texts + text
      return all.filter((_, place) => sees[row * (past + length) + place] === 0)
    })
  })
}

/** A cache with the new tokens behind the old ones. */
function longer(cache: Tensor, tokens: Tensor): Tensor {
  const [count = 0, length = 0] = tokens.dims
  const past = cache.dims[2]!
  const data = new Float32Array(count * (past + length) * HEAD)
  for (let sound = 0; sound < count; sound++) {
    const to = sound * (past + length) * HEAD
    data.set(floatsOf(cache).subarray(sound * past * HEAD, (sound + 1) * past * HEAD), to)
    for (let i = 0; i < length; i++)
      data[to + (past + i) * HEAD] = Number((tokens.data as BigInt64Array)[sound * length + i])
  }
  return floats(data, [count, 1, past + length, HEAD])
}

async function hear(language: Language, beams: number, sounds = 1, limit = 10): Promise<number[][]> {
  const options = {
    prompts: new Array<number[]>(sounds).fill([]),
    languages: new Array<undefined>(sounds).fill(undefined),
    candidates: [],
    task: 'transcribe' as const,
    temperature: 0,
    limits: new Array<number>(sounds).fill(limit),
  }
  const rows = await decode(speaker(language, sounds), options, beams)
  for (const { tokens, logs, attention, endLog } of rows) {
    expect(logs).toHaveLength(tokens.length)
    expect(attention).toHaveLength(tokens.length + (endLog === undefined ? 0 : 1))
  }
  return rows.map(({ tokens }) => tokens)
}

/** The likeliest first word leads to unlikely ones. */
const gardenPath: Language = (said) => {
  if (said.length === 0) return { 1: 0.6, 2: 0.4 }
  if (said.length === 1) return said[0] === 1 ? { 3: 0.4, 4: 0.3, 5: 0.3 } : { 6: 1 }
  return { [END]: 1 }
}

describe('several texts side by side', () => {
  it('find the way past a first word that is likelier by itself', async () => {
    expect(await hear(gardenPath, 1)).toEqual([[1, 3]])
    expect(await hear(gardenPath, 2)).toEqual([[2, 6]])
  })

  it('hear every sound beside others as alone', async () => {
    expect(await hear(gardenPath, 3, 4)).toEqual([
      [2, 6],
      [2, 6],
      [2, 6],
      [2, 6],
    ])
  })

  it('are not looked for where the first one is sure', async () => {
    // Of five words, each as likely as that: by its mean the other text would be the better one.
    const sure: Language = (said) => {
      if (said.length === 0) return { 1: 0.75, 2: 0.25 }
      if (said.length < 5) return said[0] === 1 ? { 3: 0.95, 4: 0.05 } : { 6: 1 }
      return { [END]: 1 }
    }
    expect((await hear(sure, 5))[0]![0]).toBe(1)
  })

  it('end at the limit where the language has no end, and with what goes round in circles', async () => {
    const counting: Language = (said) => ({ [1 + (said.length % 7)]: 0.8, 8: 0.2 })
    expect((await hear(counting, 2, 1, 6))[0]).toHaveLength(6)
    expect((await hear(() => ({ 1: 0.6, 2: 0.4 }), 2, 1, 100))[0]!.length).toBeLessThan(40)
  })

  it('that end too early lose against one that goes on', async () => {
    // After two words the end is likely, but what comes then is certain.
    const twoSentences: Language = (said) => {
      if (said.length === 2) return { [END]: 0.45, 3: 0.55 }
      return said.length < 8 ? { [1 + (said.length % 3)]: 0.8, 8: 0.2 } : { [END]: 1 }
    }
    expect((await hear(twoSentences, 3, 2))[1]).toHaveLength(8)
  })

  it('as many as there are find the likeliest', async () => {
    // Two words of two kinds each: four texts, all of which five hold, but for those far behind the best.
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
        const behind = Math.exp(-1.5) * Math.max(first, 1 - first)
        const reachable = texts.filter(([, [one]]) => (one === 1 ? first : 1 - first) > behind)
        const most = Math.max(...reachable.map(([likely]) => likely))
        const [text] = await hear(language, 5)
        const [likely] = texts.find(([, tokens]) => tokens.join() === text!.join())!
        expect(likely).toBeCloseTo(most, 5)
      }),
      { numRuns: 100 },
    )
  })
})
