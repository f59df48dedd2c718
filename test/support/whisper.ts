/**
 * A toy in Whisper's layout that hears the tones of `tone.ts`: the path through sherpa-onnx is the real one,
 * and what comes out is known.
 *
 * It writes each tone of a part once, in the order in which they are first heard, between the times of the
 * first and the last; in English or in German, as the language token says, or translated into English. Tones
 * of the first half of the words are taken for English speech, the others for German.
 *
 * The encoder hands on which tone sounds in which frame. The decoder's state is the bag of tokens so far: it
 * lies in the cache of the keys, where a real one keeps its attention.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  FLOAT,
  INT64,
  input,
  intAttribute,
  intsAttribute,
  longs,
  model,
  node,
  output,
  tensor,
} from './onnx.ts'
import { frequencyOf, type ToneWord, WORDS } from './tone.ts'

const GERMAN = ['null', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'] as const

/** What the toy writes for tones whose language is German. */
export const inGerman = (words: readonly ToneWord[]): string[] => words.map((w) => GERMAN[WORDS.indexOf(w)]!)

const TONES = WORDS.length
const MELS = 80
const FRAMES = 1500
const CONTEXT = 448

/** As Whisper orders its tokens: text, then what is special, then times. */
const TOKENS = {
  english: 0,
  german: TONES,
  blank: 2 * TONES,
  endOfText: 21,
  start: 22,
  inEnglish: 23,
  inGerman: 24,
  translate: 25,
  transcribe: 26,
  lm: 27,
  previous: 28,
  noSpeech: 29,
  noTimestamps: 30,
  firstTime: 31,
}
const VOCABULARY = TOKENS.firstTime + FRAMES + 1

/** What a token leaves in the bag: its tone, or one of these. */
const MARK = { english: TONES, german: TONES + 1, translate: TONES + 2, time: TONES + 3, untimed: TONES + 4 }
const STATE = TONES + 6

export interface ToyOptions {
  splitter?: 'silero' | 'energy' | 'fixed'
  /** Once it writes this one, it writes it without end, as Whisper does now and then. */
  stuckAt?: ToneWord
}

/** Writes a model folder as `EARSHOT_MODEL` takes it. */
export function writeToyWhisper(dir: string, { splitter = 'energy', stuckAt }: ToyOptions = {}): string {
  mkdirSync(dir, { recursive: true })
  const text = [...WORDS, ...GERMAN].map((word) => ` ${word}`)
  const lines = [...text, ' '].map((word, id) => `${Buffer.from(word).toString('base64')} ${id}`)
  writeFileSync(join(dir, 'tokens.txt'), `${lines.join('\n')}\n`)
  writeFileSync(join(dir, 'encoder.onnx'), encoder())
  writeFileSync(join(dir, 'decoder.onnx'), decoder(stuckAt))
  const files = { encoder: 'encoder.onnx', decoder: 'decoder.onnx', tokens: 'tokens.txt' }
  const manifest = { name: 'toy-whisper', family: 'whisper', files, splitter }
  writeFileSync(join(dir, 'earshot-model.json'), JSON.stringify(manifest))
  return dir
}

/** Bin of Whisper's filter bank, which is Slaney's from 0 to 8 kHz. */
function binOf(hz: number): number {
  const slaney = (f: number): number =>
    f < 1000 ? (3 * f) / 200 : 15 + (27 * Math.log(f / 1000)) / Math.log(6.4)
  return Math.round((slaney(hz) * (MELS + 1)) / slaney(8000) - 1)
}

/** How far a tone's bin stands above the mean of its frame, in Whisper's unit of four decades. */
const HEARD = 0.55

function encoder(): Buffer {
  const weight = new Float32Array(MELS * STATE)
  WORDS.forEach((word, k) => {
    for (let b = 0; b < MELS; b++) weight[b * STATE + k] = (b === binOf(frequencyOf(word)) ? 1 : 0) - 1 / MELS
  })
  return model(
    'encoder',
    [
      tensor('weight', [MELS, STATE], weight),
      tensor('heard', [], Float32Array.of(HEARD)),
      tensor('begin', [1], longs(0)),
      tensor('end', [1], longs(2n ** 40n)),
      tensor('axis', [1], longs(1)),
      tensor('two', [1], longs(2)),
      tensor('first', [1], longs(0)),
      node('Transpose', ['mel'], 'turned', intsAttribute('perm', [0, 2, 1])),
      // Half as many frames, as the real one has.
      node('Slice', ['turned', 'begin', 'end', 'axis', 'two'], 'frames'),
      node('MatMul', ['frames', 'weight'], 'above'),
      node('Greater', ['above', 'heard'], 'is'),
      node('Cast', ['is'], 'sounds', intAttribute('to', FLOAT)),
      node('Unsqueeze', ['sounds', 'first'], 'n_layer_cross_k'),
      node('Identity', ['n_layer_cross_k'], 'n_layer_cross_v'),
      input('mel', FLOAT, ['N', MELS, 'T']),
      output('n_layer_cross_k', FLOAT, [1, 'N', 'T2', STATE]),
      output('n_layer_cross_v', FLOAT, [1, 'N', 'T2', STATE]),
    ],
    METADATA,
  )
}

const METADATA = Object.fromEntries(
  Object.entries({
    model_type: 'whisper-toy',
    n_mels: MELS,
    n_audio_ctx: FRAMES,
    n_audio_state: STATE,
    n_audio_head: 1,
    n_audio_layer: 1,
    n_vocab: VOCABULARY,
    n_text_ctx: CONTEXT,
    n_text_state: STATE,
    n_text_head: 1,
    n_text_layer: 1,
    sot: TOKENS.start,
    sot_index: 0,
    eot: TOKENS.endOfText,
    blank_id: TOKENS.blank,
    is_multilingual: 1,
    no_speech: TOKENS.noSpeech,
    translate: TOKENS.translate,
    transcribe: TOKENS.transcribe,
    no_timestamps: TOKENS.noTimestamps,
    sot_prev: TOKENS.previous,
    sot_lm: TOKENS.lm,
    sot_sequence: [TOKENS.start, TOKENS.inEnglish, TOKENS.transcribe],
    all_language_tokens: [TOKENS.inEnglish, TOKENS.inGerman],
    all_language_codes: ['en', 'de'],
    non_speech_tokens: [TOKENS.blank],
  }).map(([key, value]) => [key, String(value)]),
)

/** What each token leaves in the bag. */
function marks(stuckAt: ToneWord | undefined): Float32Array {
  const table = new Float32Array(VOCABULARY * STATE)
  const set = (token: number, mark: number): void => {
    table[token * STATE + mark] = 1
  }
  WORDS.forEach((word, k) => {
    if (word === stuckAt) return
    set(TOKENS.english + k, k)
    set(TOKENS.german + k, k)
  })
  set(TOKENS.inEnglish, MARK.english)
  set(TOKENS.inGerman, MARK.german)
  set(TOKENS.translate, MARK.translate)
  set(TOKENS.noTimestamps, MARK.untimed)
  for (let t = TOKENS.firstTime; t < VOCABULARY; t++) set(t, MARK.time)
  return table
}

/** A formula: each operation is a node of its own. */
class Formula {
  readonly parts: Buffer[] = []
  #names = 0

  op(type: string, inputs: string[], ...attributes: Buffer[]): string {
    const name = `t${this.#names++}`
    this.parts.push(node(type, inputs, name, ...attributes))
    return name
  }

  number(value: number): string {
    return this.constant([], Float32Array.of(value))
  }

  constant(dims: number[], data: Float32Array | BigInt64Array): string {
    const name = `c${this.#names++}`
    this.parts.push(tensor(name, dims, data))
    return name
  }

  slice(x: string, begin: string | number, end: string | number, axis: number): string {
    const at = (place: string | number): string =>
      typeof place === 'string' ? place : this.constant([1], longs(place))
    return this.op('Slice', [x, at(begin), at(end), this.constant([1], longs(axis))])
  }

  /** Column `mark` of the bag: how many of these there were. */
  column(bag: string, mark: number): string {
    return this.slice(bag, mark, mark + 1, 2)
  }

  times(x: string, factor: number): string {
    return this.op('Mul', [x, this.number(factor)])
  }
}

function decoder(stuckAt: ToneWord | undefined): Buffer {
  const f = new Formula()
  const batch = f.constant([1], longs(0))
  const count = f.slice(f.op('Shape', ['tokens']), 1, 2, 0)
  const end = f.op('Add', ['offset', count])
  const fresh = f.op(
    'Gather',
    [f.constant([VOCABULARY, STATE], marks(stuckAt)), 'tokens'],
    intAttribute('axis', 0),
  )
  const cache = f.op('Squeeze', ['in_n_layer_self_k_cache', batch])
  const seen = f.op('Concat', [f.slice(cache, 0, 'offset', 1), fresh], intAttribute('axis', 1))
  const kept = f.op('Concat', [seen, f.slice(cache, end, CONTEXT, 1)], intAttribute('axis', 1))
  const bag = f.op('ReduceSum', [seen, f.constant([1], longs(1))], intAttribute('keepdims', 1))

  const sounds = f.slice(f.op('Squeeze', ['n_layer_cross_k', batch]), 0, TONES, 2)
  const heard = f.slice(f.op('Shape', [sounds]), 1, 2, 0)
  const falling = Float32Array.from({ length: FRAMES }, (_, t) => FRAMES - t)
  const rising = Float32Array.from({ length: FRAMES }, (_, t) => t + 1)
  const [down, up] = [falling, rising].map((ramp) => f.slice(f.constant([1, FRAMES, 1], ramp), 0, heard, 1))
  const perTone = (x: string): string =>
    f.op('ReduceMax', [x], intsAttribute('axes', [1]), intAttribute('keepdims', 1))
  const firstHeard = perTone(f.op('Mul', [sounds, down!]))
  const present = perTone(sounds)
  const any = f.op('ReduceMax', [sounds], intsAttribute('axes', [2]), intAttribute('keepdims', 1))

  // Words: those that are heard and not written yet, the earliest first, in the one language that is wanted.
  const written = f.slice(bag, 0, TONES, 2)
  const open = f.op('Sub', [
    f.op('Add', [f.times(firstHeard, 10), f.times(present, 1e4)]),
    f.times(written, 1e6),
  ])
  const german = f.op('Relu', [f.op('Sub', [f.column(bag, MARK.german), f.column(bag, MARK.translate)])])
  const other = f.op('Sub', [f.number(1), german])
  const inEnglish = f.op('Sub', [open, f.times(german, 1e6)])
  const inGermanWords = f.op('Sub', [open, f.times(other, 1e6)])

  // Languages, as long as none is chosen: whose tones are heard longer.
  const frames = f.op('ReduceSum', [sounds, f.constant([1], longs(1))], intAttribute('keepdims', 1))
  const half = TONES / 2
  const chosen = f.times(f.op('Add', [f.column(bag, MARK.english), f.column(bag, MARK.german)]), 1e6)
  const [spokenEnglish, spokenGerman] = [0, half].map((from) => {
    const share = f.slice(frames, from, from + half, 2)
    const sum = f.op('ReduceSum', [share, f.constant([1], longs(2))], intAttribute('keepdims', 1))
    return f.op('Sub', [sum, chosen])
  })

  // Times: the first before the words, the last after them, and then the end.
  const timed = f.op('Add', [f.column(bag, MARK.time), f.times(f.column(bag, MARK.untimed), 2)])
  const begun = f.op('Clip', [timed, f.number(0), f.number(1)])
  const starting = f.op('Mul', [f.op('Sub', [f.number(1), begun]), f.times(down!, 1e5)])
  const ending = f.op('Mul', [begun, up!])
  const score = f.op('Mul', [any, f.op('Add', [starting, ending])])
  const inRow = f.op('Transpose', [score], intsAttribute('perm', [0, 2, 1]))
  const done = f.op('Relu', [f.op('Sub', [timed, f.number(1)])])
  const times = f.op('Sub', [inRow, f.times(done, 1e6)])
  const short = f.op('Sub', [f.constant([1], longs(FRAMES + 1)), heard])
  const pads = f.op('Concat', [f.constant([5], longs(0, 0, 0, 0, 0)), short], intAttribute('axis', 0))
  const allTimes = f.op('Pad', [times, pads, f.number(-1e7)])

  const never = f.constant([1, 1, 1], Float32Array.of(-1e8))
  const endOfText = f.constant([1, 1, 1], Float32Array.of(0.5))
  const row = f.op(
    'Concat',
    [
      ...[inEnglish, inGermanWords, never, endOfText, never, spokenEnglish!, spokenGerman!],
      ...Array.from({ length: TOKENS.firstTime - TOKENS.translate }, () => never),
      allTimes,
    ],
    intAttribute('axis', 2),
  )
  // The same for every token of a prompt; only the last one is looked at.
  const shape = f.op(
    'Concat',
    [f.constant([1], longs(1)), count, f.constant([1], longs(1))],
    intAttribute('axis', 0),
  )
  f.parts.push(node('Expand', [row, shape], 'logits'))
  f.parts.push(node('Unsqueeze', [kept, batch], 'out_n_layer_self_k_cache'))
  f.parts.push(node('Identity', ['in_n_layer_self_v_cache'], 'out_n_layer_self_v_cache'))
  const caches = [1, 'N', CONTEXT, STATE]
  return model(
    'decoder',
    [
      ...f.parts,
      input('tokens', INT64, ['N', 'tokens']),
      input('in_n_layer_self_k_cache', FLOAT, caches),
      input('in_n_layer_self_v_cache', FLOAT, caches),
      input('n_layer_cross_k', FLOAT, [1, 'N', 'T', STATE]),
      input('n_layer_cross_v', FLOAT, [1, 'N', 'T', STATE]),
      input('offset', INT64, [1]),
      output('logits', FLOAT, ['N', 'tokens', VOCABULARY]),
      output('out_n_layer_self_k_cache', FLOAT, caches),
      output('out_n_layer_self_v_cache', FLOAT, caches),
    ],
    {},
  )
}
