/** What the scripted models have in common, whatever engine reads them: dimensions, tokens, script, embeddings. */

export const SIZES = {
  /** For tests. */
  micro: { state: 64, heads: 2, layers: 2 },
  tiny: { state: 384, heads: 6, layers: 4 },
  base: { state: 512, heads: 8, layers: 6 },
  small: { state: 768, heads: 12, layers: 12 },
} as const
export type Size = keyof typeof SIZES

export const VOCABULARY = 51_865
export const CONTEXT = 448
export const FRAMES = 1500
export const MELS = 80
export const TOKENS = {
  endOfText: 50_257,
  start: 50_258,
  english: 50_259,
  translate: 50_358,
  transcribe: 50_359,
  noSpeech: 50_362,
  noTimestamps: 50_363,
  firstTime: 50_364,
} as const

export interface Script {
  start: number
  end: number
  /** Each with its leading space, none twice in the whole script. */
  words: string[]
}

/** Which token follows which. */
export function followers(script: readonly Script[], words: readonly string[]): [number, number][] {
  const time = (t: number): number => TOKENS.firstTime + Math.round(t / 0.02)
  const chain = script.flatMap((s) => [time(s.start), ...s.words.map((w) => words.indexOf(w)), time(s.end)])
  if (new Set(chain).size !== chain.length) throw new Error('every word and time may occur only once')
  return [
    [TOKENS.start, TOKENS.english],
    [TOKENS.english, TOKENS.transcribe],
    [TOKENS.transcribe, chain[0]!],
    [TOKENS.translate, chain[0]!],
    [TOKENS.noTimestamps, chain[1]!],
    ...chain.map((token, i): [number, number] => [token, chain[i + 1] ?? TOKENS.endOfText]),
  ]
}

/** Numbers from -0.5 to 0.5, the same ones each time. */
export function xorshift(seed = 1): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32 - 0.5
  }
}

/** Rows of ±1/√n with zero mean: each has length 1, and any two are nearly at right angles. */
export function embeddings(n: number, random: () => number): Float32Array {
  const all = new Float32Array(VOCABULARY * n)
  const scale = 1 / Math.sqrt(n)
  for (let token = 0; token < VOCABULARY; token++) {
    const row = all.subarray(token * n, (token + 1) * n)
    row.fill(scale, 0, n / 2).fill(-scale, n / 2)
    for (let i = n - 1; i > 0; i--) {
      const j = Math.floor((random() + 0.5) * (i + 1))
      const kept = row[i]!
      row[i] = row[j]!
      row[j] = kept
    }
  }
  return all
}

export const position = (i: number, n: number): number =>
  Math.sin(Math.floor(i / n) / 10_000 ** ((i % n) / n)) * 0.1
