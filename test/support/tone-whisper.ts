/**
 * A Whisper that hears the tones of `tone.ts`, with weights made by hand: graphs, decoding, alignment and all that is
 * around them are the real ones, and what comes out is known.
 *
 * It writes each tone of a part once, in the order in which they are first heard; in English or in German, as the
 * language token says, or translated into English. A part that begins with one of the first five words is taken for
 * English speech, one that begins with another for German.
 *
 * Encoder: the convolutions tell in which positions which tone sounds. Decoder, first layer: attention gathers the
 * tokens so far, and the feed-forward part makes of them what was said, and in which language to go on. Second
 * layer: attention goes to the earliest position whose tone was not said yet; what sounds there is the next token.
 * Where there is none, it goes to silence, and the text ends.
 *
 * A feature stands in two numbers, itself and its negative: so the mean of each layer normalisation is zero.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { frequencyOf, type ToneWord, WORDS } from './tone.ts'
import { type ToyTokens, toyTokens } from './toy-tokenizer.ts'
import { type ToyWhisper, writeCtranslate2 } from './toy-whisper.ts'

const GERMAN = ['null', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'] as const

/** What the toy writes for tones whose language is German. */
export const inGerman = (words: readonly ToneWord[]): string[] => words.map((w) => GERMAN[WORDS.indexOf(w)]!)

type Tensor = ToyWhisper['tensors'] extends ReadonlyMap<string, infer T> ? T : never

const TONES = WORDS.length
const WIDTH = 128
const MELS = 80
const POSITIONS = 1500
const CONTEXT = 448

export interface ToneWhisperOptions {
  splitter?: 'silero' | 'energy' | 'fixed'
  name?: string
  /** Once it writes this one, it writes it without end, as Whisper does now and then. */
  stuckAt?: ToneWord
}

/** Writes a model folder as `EARSHOT_MODEL` takes it. */
export function writeToneWhisper(dir: string, options: ToneWhisperOptions = {}): string {
  const { splitter = 'energy', name = 'toy-whisper', stuckAt } = options
  writeCtranslate2(dir, toneWhisper(stuckAt), { type: 'float32' })
  const able = { languages: ['en', 'de'], translates: true }
  const manifest = { name, family: 'whisperWeights', splitter, ...able }
  writeFileSync(join(dir, 'earshot-model.json'), JSON.stringify(manifest))
  return dir
}

export function toneWhisper(stuckAt?: ToneWord): ToyWhisper {
  const tokens = toyTokens(true, [...WORDS, ...GERMAN])
  const weights = new Weights(tokens.size)
  encoder(weights)
  silence(weights)
  embeddings(weights, tokens)
  gather(weights, stuckAt === undefined ? -1 : WORDS.indexOf(stuckAt))
  remember(weights)
  listen(weights)
  return {
    tokens,
    heads: WIDTH / 64,
    encoderLayers: 1,
    decoderLayers: 2,
    alignmentHeads: [[1, 0]],
    tensors: weights.tensors,
  }
}

/** All zero but the gains of the normalisations, and what is set. */
class Weights {
  readonly tensors = new Map<string, Tensor>()

  constructor(vocabulary: number) {
    const linear = (name: string, ...dims: number[]): void => {
      this.#add(`${name}/weight`, dims)
      this.#add(`${name}/bias`, dims.slice(0, 1))
    }
    const norm = (name: string): void => {
      this.#add(`${name}/gamma`, [WIDTH]).values.fill(1)
      this.#add(`${name}/beta`, [WIDTH])
    }
    linear('encoder/conv1', WIDTH, MELS, 3)
    linear('encoder/conv2', WIDTH, WIDTH, 3)
    for (const [part, context, layers] of [
      ['encoder', POSITIONS, 1],
      ['decoder', CONTEXT, 2],
    ] as const) {
      this.#add(`${part}/position_encodings/encodings`, [context, WIDTH])
      norm(`${part}/layer_norm`)
      for (let i = 0; i < layers; i++) {
        const layer = `${part}/layer_${i}`
        norm(`${layer}/self_attention/layer_norm`)
        linear(`${layer}/self_attention/linear_0`, 3 * WIDTH, WIDTH)
        linear(`${layer}/self_attention/linear_1`, WIDTH, WIDTH)
        if (part === 'decoder') {
          norm(`${layer}/attention/layer_norm`)
          linear(`${layer}/attention/linear_0`, WIDTH, WIDTH)
          linear(`${layer}/attention/linear_1`, 2 * WIDTH, WIDTH)
          linear(`${layer}/attention/linear_2`, WIDTH, WIDTH)
        }
        norm(`${layer}/ffn/layer_norm`)
        linear(`${layer}/ffn/linear_0`, WIDTH, WIDTH)
        linear(`${layer}/ffn/linear_1`, WIDTH, WIDTH)
      }
    }
    this.#add('decoder/embeddings/weight', [vocabulary, WIDTH])
  }

  #add(name: string, dims: readonly number[]): Tensor {
    const tensor = { dims, values: new Float32Array(dims.reduce((a, b) => a * b)) }
    this.tensors.set(name, tensor)
    return tensor
  }

  /** One number, at its place along each axis. */
  set(name: string, place: readonly number[], value: number): void {
    const { dims, values } = this.tensors.get(name)!
    values[place.reduce((at, index, axis) => at * dims[axis]! + index, 0)] = value
  }

  /** Row `to` of a layer reads a feature. */
  reads(layer: string, to: number, feature: number, factor: number): void {
    this.set(`${layer}/weight`, [to, 2 * feature], factor / 2)
    this.set(`${layer}/weight`, [to, 2 * feature + 1], -factor / 2)
  }

  /** A layer writes what stands at `from` to a feature. */
  writes(layer: string, feature: number, from: number, factor: number): void {
    this.set(`${layer}/weight`, [2 * feature, from], factor)
    this.set(`${layer}/weight`, [2 * feature + 1, from], -factor)
  }

  /** What a layer always adds to a feature. */
  adds(layer: string, feature: number, value: number): void {
    this.set(`${layer}/bias`, [2 * feature], value)
    this.set(`${layer}/bias`, [2 * feature + 1], -value)
  }
}

/** Bin of Whisper's filter bank, which is Slaney's from 0 to 8 kHz. */
function binOf(hz: number): number {
  const slaney = (f: number): number =>
    f < 1000 ? (3 * f) / 200 : 15 + (27 * Math.log(f / 1000)) / Math.log(6.4)
  return Math.round((slaney(hz) * (MELS + 1)) / slaney(8000) - 1)
}

/** How far a tone's bin stands above the mean of its frame, in Whisper's unit of four decades. */
const HEARD = 0.55
/** What a tone that sounds is in the encoder's output, and how wide the clock's circle is. Gelu leaves 4 as it is. */
const SOUNDS = 4
const CLOCK = { late: 20, early: 22, silent: 24, radius: 4, quarter: Math.PI / 4 }

function encoder(weights: Weights): void {
  const steep = 200
  WORDS.forEach((word, k) => {
    // A step from 0 to 8: two slopes, the second of which begins where the first reaches 8.
    for (const [unit, begin] of [0, 8].entries()) {
      for (let bin = 0; bin < MELS; bin++) {
        const share = (bin === binOf(frequencyOf(word)) ? 1 : 0) - 1 / MELS
        weights.set('encoder/conv1/weight', [2 * k + unit, bin, 1], steep * share)
      }
      weights.set('encoder/conv1/bias', [2 * k + unit], -steep * HEARD - begin)
    }
    // Beside what sounds, what does not: their squares add up to the same whatever is heard.
    for (const [row, sign] of [
      [k, 1],
      [TONES + k, -1],
    ] as const) {
      weights.set('encoder/conv2/weight', [row, 2 * k, 1], (sign * SOUNDS) / 8)
      weights.set('encoder/conv2/weight', [row, 2 * k + 1, 1], (-sign * SOUNDS) / 8)
      if (sign < 0) weights.set('encoder/conv2/bias', [row], SOUNDS)
    }
  })
  for (let t = 0; t < POSITIONS; t++) {
    const angle = ((2 * t) / POSITIONS - 1) * CLOCK.quarter
    const hands = [Math.sin(angle), Math.cos(angle), -Math.sin(angle), -Math.cos(angle)]
    hands.forEach((hand, i) => {
      const place = [t, CLOCK.late + i]
      weights.set('encoder/position_encodings/encodings', place, CLOCK.radius * hand)
    })
  }
}

/**
 * The only layer of the encoder tells how late it is where nothing sounds: when all was said, attention goes to the
 * end, as a real one's does.
 */
function silence(weights: Weights): void {
  const layer = 'encoder/layer_0/ffn'
  const { on, off, hand } = heard()
  const early = hand * Math.sin(CLOCK.quarter)
  weights.set(`${layer}/linear_0/weight`, [0, CLOCK.late], 1)
  for (let k = 0; k < TONES; k++) weights.set(`${layer}/linear_0/weight`, [0, k], -3)
  weights.set(`${layer}/linear_0/bias`, [0], early + 3 * TONES * off)
  weights.set(`${layer}/linear_1/weight`, [CLOCK.silent, 0], 1 / (on - off))
}

/** What a normalisation makes of a tone that sounds, of one that does not, and of the clock's hands. */
function heard(): { on: number; off: number; hand: number } {
  const mean = (TONES * SOUNDS) / WIDTH
  const deviation = Math.sqrt((TONES * SOUNDS ** 2 + 2 * CLOCK.radius ** 2) / WIDTH - mean ** 2)
  return { on: (SOUNDS - mean) / deviation, off: -mean / deviation, hand: CLOCK.radius / deviation }
}

/** The decoder's features: of a token, of what was gathered, of what was said, and of single tokens. */
const FEATURE = {
  tone: (k: number): number => k,
  gathered: (k: number): number => TONES + k,
  said: (k: number): number => 2 * TONES + k,
  german: 3 * TONES,
  end: 3 * TONES + 1,
  english: 3 * TONES + 2,
  deutsch: 3 * TONES + 3,
  translate: 3 * TONES + 4,
  gatheredDeutsch: 3 * TONES + 5,
  gatheredTranslate: 3 * TONES + 6,
}

/** What a token says of itself when it is read, and by what it is chosen: Whisper has one matrix for both. */
function embeddings(weights: Weights, { spellings, languages, eot }: ToyTokens): void {
  const set = (token: number, feature: number, value: number): void => {
    weights.set('decoder/embeddings/weight', [token, 2 * feature], value)
    weights.set('decoder/embeddings/weight', [token, 2 * feature + 1], -value)
  }
  const first = eot - 1 - 2 * TONES
  for (let k = 0; k < 2 * TONES; k++) {
    set(first + k, FEATURE.tone(k % TONES), 1)
    set(first + k, FEATURE.german, k < TONES ? -0.5 : 0.5)
  }
  set(eot, FEATURE.end, 1)
  set(languages.en!, FEATURE.english, 1)
  set(languages.de!, FEATURE.deutsch, 1)
  set(spellings.indexOf('<|translate|>'), FEATURE.translate, 1)
}

/** First layer, attention: the mean of all tokens so far, since it asks for nothing. */
function gather(weights: Weights, forgotten: number): void {
  const layer = 'decoder/layer_0/self_attention'
  const gains = [
    ...WORDS.map((_, k) => [FEATURE.tone(k), FEATURE.gathered(k)] as const),
    [FEATURE.deutsch, FEATURE.gatheredDeutsch] as const,
    [FEATURE.translate, FEATURE.gatheredTranslate] as const,
  ]
  for (const [at, [from, to]] of gains.entries()) {
    if (at === forgotten) continue
    weights.reads(`${layer}/linear_0`, 2 * WIDTH + at, from, 1)
    weights.writes(`${layer}/linear_1`, to, at, 4)
  }
}

/** First layer, feed-forward: what was gathered once was said, however long ago; German unless it is translated. */
function remember(weights: Weights): void {
  const into = 'decoder/layer_0/ffn/linear_0'
  const outOf = 'decoder/layer_0/ffn/linear_1'
  const steep = 16
  const step = (at: number, feature: number, size: number, reads: readonly [number, number][]): void => {
    for (const [unit, begin] of [0, 8].entries()) {
      for (const [read, sign] of reads) weights.reads(into, at + unit, read, sign * steep)
      weights.set(`${into}/bias`, [at + unit], -0.4 * steep - begin)
      weights.writes(outOf, feature, at + unit, (unit === 0 ? size : -size) / 8)
    }
  }
  for (let k = 0; k < TONES; k++) step(2 * k, FEATURE.said(k), 4, [[FEATURE.gathered(k), 1]])
  step(2 * TONES, FEATURE.german, 16, [
    [FEATURE.gatheredDeutsch, 1],
    [FEATURE.gatheredTranslate, -1],
  ])
  weights.adds(outOf, FEATURE.german, -8)
}

/** Second layer, attention to the sound. */
function listen(weights: Weights): void {
  const layer = 'decoder/layer_1/attention'
  const { on, off } = heard()
  const wanted = 500
  const language = (k: number): number => (k < TONES / 2 ? FEATURE.english : FEATURE.deutsch)
  for (let k = 0; k < TONES; k++) {
    // 8: scores are divided by the root of a head's width.
    weights.set(`${layer}/linear_0/bias`, [k], 8 * wanted)
    weights.reads(`${layer}/linear_0`, k, FEATURE.said(k), -8 * 1.2 * wanted)
    weights.set(`${layer}/linear_1/weight`, [k, k], 1)
    weights.set(`${layer}/linear_1/weight`, [WIDTH + k, k], 1 / (on - off))
    weights.set(`${layer}/linear_1/bias`, [WIDTH + k], -off / (on - off))
    weights.writes(`${layer}/linear_2`, FEATURE.tone(k), k, 24)
    weights.writes(`${layer}/linear_2`, language(k), k, 12)
  }
  weights.set(`${layer}/linear_0/bias`, [TONES], 8 * 60)
  weights.set(`${layer}/linear_1/weight`, [TONES, CLOCK.early], 1)
  weights.set(`${layer}/linear_0/bias`, [TONES + 1], 8 * 500)
  weights.set(`${layer}/linear_1/weight`, [TONES + 1, CLOCK.silent], 1)
  weights.adds(`${layer}/linear_2`, FEATURE.end, 14)
}
