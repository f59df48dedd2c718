import { SAMPLE_RATE } from '../units.ts'
import { floats, type Session } from './sessions.ts'

/** Samples before the first frame that its transform looks at, and after the last. */
const BEFORE = 200
const AFTER = 40
/**
 * Silence after the sound. Without it the decoder does not find the end and goes round in circles (182 words too many
 * on five minutes of prompts). Wrong words of nine sets with base, in parts of 24 s: 310 with 1 s, 310 with 1.5, 314 with
 * 2; with tiny.en, which repeats itself where the silence is short, of five sets: 74, 64, 66. 30 s, as Whisper was
 * trained with, are no better and cost three times as much.
 */
const TAIL = 1.5 * SAMPLE_RATE
/** In windows of a second or two, words are said over and over. */
const SHORTEST = 10 * SAMPLE_RATE
const LONGEST = 30 * SAMPLE_RATE

export interface Encoder {
  session: Session
  /** Samples: windows are a whole number of these long, which divide 30 s. */
  unit: number
}

/** What the decoder attends to, of one window. */
export interface Encoded {
  positions: number
  /** Of each cache: those of `cacheNames`, keys and values of each layer; or `s`, the encoder's states. */
  names: readonly string[]
  /** As `cacheLayout` has them. */
  caches: (Float32Array | Uint8Array)[]
  /** What a step of each stands for, where they are bytes around 128; none where they are floats. */
  scales: number[]
}

/** How many samples the encoder hears for so many of sound. @param wide as long a window as in training */
export function windowLength({ unit }: Pick<Encoder, 'unit'>, samples: number, wide = false): number {
  const wanted = wide ? LONGEST : Math.max(SHORTEST, samples + TAIL)
  return unit * Math.ceil(Math.min(LONGEST, wanted) / unit)
}

/** The sound with what the features need around it: mirrored before, silence after. */
export function padded(sound: Float32Array, length: number): Float32Array {
  const out = new Float32Array(BEFORE + length + AFTER)
  for (let i = 1; i <= BEFORE; i++) out[BEFORE - i] = sound[i] ?? 0
  out.set(sound.subarray(0, length), BEFORE)
  return out
}

export async function encode(encoder: Encoder, sound: Float32Array, wide = false): Promise<Encoded> {
  const { session } = encoder
  const samples = padded(sound, windowLength(encoder, sound.length, wide))
  const out = await session.run({ samples: floats(samples, [1, samples.length]) })
  const names = session.outputNames.filter((name) => name.startsWith('c')).map((name) => name.slice(1))
  return {
    positions: out[`c${names[0]}`]!.dims[2]!,
    names,
    caches: names.map((name) => out[`c${name}`]!.data as Encoded['caches'][number]),
    scales: names.flatMap((name) => (out[`s${name}`]?.data as Float32Array | undefined)?.[0] ?? []),
  }
}
