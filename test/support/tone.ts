/**
 * A speech model that one can know everything about: it recognises tones.
 *
 * It is a real ONNX CTC model in the layout of sherpa-onnx's `zipformerCtc`: word k is a pure tone in the
 * middle of mel bin 20 + 5k, 0.25 s long; silence is blank. The real engine prints every word once, in
 * order, with its start to within 40 ms, so any audio path can be checked word by word against the truth.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FLOAT, INT64, input, longs, model, node, output, tensor } from './onnx.ts'

export const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const
export type ToneWord = (typeof WORDS)[number]
export interface PlacedWord {
  word: ToneWord
  /** Start, seconds. */
  at: number
}

/** Seconds. */
export const WORD_LENGTH = 0.25

export const BINS = WORDS.map((_, k) => 20 + 5 * k)
const VOCABULARY = WORDS.length + 1
const mel = (hz: number): number => 1127 * Math.log(1 + hz / 700)
// The default range of sherpa's filter bank at 16 kHz.
const LOW = mel(20)
const HIGH = mel(7600)

/** In the middle of a bin of the filter bank. */
export const frequencyOfBin = (bin: number): number =>
  700 * (Math.exp((LOW + ((HIGH - LOW) * (bin + 1)) / 81) / 1127) - 1)

export const frequencyOf = (word: ToneWord): number => frequencyOfBin(BINS[WORDS.indexOf(word)]!)

/**
 * What a graph does first: how much every fourth frame of `x`, 40 ms, sounds like each token.
 * @param heard which tokens the bins are: a token is as loud as its bin stands above the mean of the log-mel spectrum
 * @param bias one for each token
 * @param scores the name of the result, [N, T4, tokens] @param lengths and of that of `x_lens`, [N]
 */
export function toneScores(
  heard: readonly [bin: number, token: number][],
  bias: Float32Array<ArrayBuffer>,
  scores: string,
  lengths: string,
): Buffer[] {
  const tokens = bias.length
  const weight = new Float32Array(80 * tokens)
  for (const [bin, token] of heard)
    for (let b = 0; b < 80; b++) weight[b * tokens + token] = (b === bin ? 1 : 0) - 1 / 80
  return [
    node('Slice', ['x', 'begin', 'end', 'axis', 'step'], 'frames'),
    node('MatMul', ['frames', 'weight'], 'products'),
    node('Add', ['products', 'bias'], scores),
    node('Add', ['x_lens', 'three'], 'rounded'),
    node('Div', ['rounded', 'four'], lengths),
    tensor('begin', [1], longs(0)),
    tensor('end', [1], longs(2n ** 40n)),
    tensor('axis', [1], longs(1)),
    tensor('step', [1], longs(4)),
    tensor('weight', [80, tokens], weight),
    tensor('bias', [tokens], bias),
    tensor('three', [], longs(3)),
    tensor('four', [], longs(4)),
    input('x', FLOAT, ['N', 'T', 80]),
    input('x_lens', INT64, ['N']),
  ]
}

export function toneModel(): Buffer {
  const heard = BINS.map((bin, k): [number, number] => [bin, k + 1])
  const bias = new Float32Array(VOCABULARY)
  bias[0] = 6 // blank wins unless a bin stands 6 above the mean of the log-mel spectrum
  return model(
    'tones',
    [
      ...toneScores(heard, bias, 'logits', 'log_probs_len'),
      node('LogSoftmax', ['logits'], 'log_probs'),
      output('log_probs', FLOAT, ['N', 'T4', VOCABULARY]),
      output('log_probs_len', INT64, ['N']),
    ],
    { model_type: 'zipformer2_ctc', vocab_size: String(VOCABULARY), version: '1' },
  )
}

/**
 * Writes a model folder as `EARSHOT_MODEL` takes it.
 * @param names what it calls the ten words, so that one can tell which model heard them
 * @param facts what its manifest says besides
 */
export function writeToneModel(
  dir: string,
  splitter: 'silero' | 'energy' | 'fixed' = 'energy',
  names: readonly string[] = WORDS,
  facts: { languages?: readonly string[]; autoRank?: number } = {},
): string {
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'tone.onnx'), toneModel())
  const tokens = ['<blk>', ...names.map((w) => `▁${w}`)].map((w, i) => `${w} ${i}`)
  writeFileSync(join(dir, 'tokens.txt'), `${tokens.join('\n')}\n`)
  const files = { model: 'tone.onnx', tokens: 'tokens.txt' }
  const manifest = { family: 'zipformerCtc', files, splitter, ...facts }
  writeFileSync(join(dir, 'earshot-model.json'), JSON.stringify(manifest))
  return dir
}

/** 16-bit mono PCM with the words at their times, over a little noise that is the same every time. */
export function toneAudio(
  words: readonly PlacedWord[],
  seconds = Math.max(0, ...words.map((w) => w.at)) + 1,
  rate = 16_000,
): Int16Array {
  const pcm = new Int16Array(Math.ceil(seconds * rate))
  let noise = 1
  for (let i = 0; i < pcm.length; i++) {
    noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0
    pcm[i] = (noise / 2 ** 32 - 0.5) * 30
  }
  for (const { word, at } of words) {
    const w = (2 * Math.PI * frequencyOf(word)) / rate
    const first = Math.round(at * rate)
    const length = Math.round(WORD_LENGTH * rate)
    const ramp = rate * 0.015
    for (let i = 0; i < length && first + i < pcm.length; i++) {
      pcm[first + i]! += 9000 * Math.min(1, i / ramp, (length - i) / ramp) * Math.sin(w * i)
    }
  }
  return pcm
}

export function wav(pcm: Int16Array, rate = 16_000): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + pcm.byteLength, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(pcm.byteLength, 40)
  return Buffer.concat([header, Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength)])
}

/** A small deterministic generator (mulberry32), so that a failing programme can be made again. */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A random programme: words with gaps of 0.1 to 1.2 s and now and then a longer pause. */
export function toneProgramme(seed: number, seconds: number): PlacedWord[] {
  const next = random(seed)
  const words: PlacedWord[] = []
  let at = 0.2 + next()
  while (at + WORD_LENGTH + 0.1 < seconds) {
    words.push({ word: WORDS[Math.floor(next() * WORDS.length)]!, at: Math.round(at * 1000) / 1000 })
    at += WORD_LENGTH + 0.1 + next() * 1.1 + (next() < 0.08 ? 1 + next() * 3 : 0)
  }
  return words
}
