/** The sound of several recordings in one file, one after another. */
import { SAMPLE_RATE } from '../../ports/engine.ts'
import { MediaError, type ProbedFile } from '../../ports/prober.ts'
import type { Decoded, DecodeOptions } from '../decode-options.ts'
import type { Stretch } from '../ffmpeg.ts'
import { tooLong } from '../media-error.ts'
import { probe } from '../probe.ts'
import { Chunks } from '../sound/chunks.ts'
import type { Span } from '../sound/timeline.ts'
import type { Recording } from './index.ts'

type Decode = (piece: Stretch, options: DecodeOptions) => AsyncIterable<Int16Array>

/**
 * If a recording after the first cannot be read, the others are still decoded, and the gap is reported.
 * @throws like `decode`
 */
export async function* soundOfJoined(
  pieces: readonly Recording[],
  options: DecodeOptions,
  decode: Decode,
): AsyncGenerator<Int16Array> {
  await options.probed
  const hearing = new Hearing(options, decode)
  const chunks = new Chunks()
  for (const [k, piece] of pieces.entries()) {
    const last = k === pieces.length - 1
    for await (const pcm of hearing.sound(piece, last)) yield* chunks.add(pcm)
  }
  yield* chunks.rest()
  options.onEnd?.(hearing.decoded())
}

class Hearing {
  readonly #options: DecodeOptions
  readonly #decode: Decode
  readonly #missing: Span[] = []
  readonly #cutOff: number[] = []
  /** Of the sound delivered. */
  #samples = 0
  /** Of the recordings that were read to their end. */
  #first: Decoded | undefined
  /** Without the padding of the codec's last frame. */
  #seconds = 0

  constructor(options: DecodeOptions, decode: Decode) {
    this.#options = options
    this.#decode = decode
  }

  decoded(): Decoded {
    const [seconds, missing, cutOff] = [this.#seconds, this.#missing, this.#cutOff]
    return { seconds, missing, cutOff, track: this.#first?.track ?? 1 }
  }

  async *sound(piece: Recording, last: boolean): AsyncGenerator<Int16Array> {
    const before = this.#now
    const { maxSeconds = Number.POSITIVE_INFINITY, track, signal } = this.#options
    const probed = probe(piece, signal ? { signal } : {}).then((file) => continued(file, before))
    probed.catch(() => {}) // reported by decoding
    const options: DecodeOptions = {
      ...this.#options,
      cut: piece.cut,
      probed,
      maxSeconds: maxSeconds - before,
      onEnd: (decoded) => this.#note(decoded, before),
    }
    try {
      if (this.#first) options.track = await trackIn(probed, track)
      for await (const pcm of this.#decode(piece, options)) {
        this.#samples += pcm.length
        yield pcm
      }
      // For some formats ffmpeg skips garbage without reporting it.
      const told = this.#now === before ? await lengthOf(probed) : 0
      if (told > 0) yield* this.#lose(before, told)
    } catch (error) {
      if (!(error instanceof MediaError)) throw error
      if (error.code === 'too_long') throw tooLong(maxSeconds)
      if (!this.#first || (last && error.code === 'truncated')) throw error
      if (error.code !== 'no_audio') yield* this.#lose(before, await lengthOf(probed))
    }
  }

  get #now(): number {
    return this.#samples / SAMPLE_RATE
  }

  #note(decoded: Decoded, before: number): void {
    this.#first ??= decoded
    this.#seconds = before + decoded.seconds
    this.#cutOff.push(...decoded.cutOff.map((at) => before + at))
    for (const { start, end } of decoded.missing)
      this.#missing.push({ start: before + start, end: before + end })
  }

  /** Silence of the length that its headers give, so that what follows keeps its times. */
  *#lose(before: number, seconds: number): Generator<Int16Array> {
    const start = this.#now
    const end = Math.max(start, before + seconds)
    const { maxSeconds } = this.#options
    if (maxSeconds !== undefined && end > maxSeconds) throw tooLong(maxSeconds)
    this.#missing.push({ start, end })
    for (; this.#now < end; ) {
      const silence = new Int16Array(Math.min(SAMPLE_RATE, Math.ceil((end - this.#now) * SAMPLE_RATE)))
      this.#samples += silence.length
      yield silence
    }
    this.#seconds = this.#now
  }
}

/** Seconds. The pieces of a broadcast keep counting, so the time before such a piece is no pause. */
const CONTINUED = 1

const continued = (file: ProbedFile, before: number): ProbedFile => ({
  ...file,
  tracks: file.tracks.map((track) =>
    before > 0 && Math.abs(track.pause - before) < CONTINUED ? { ...track, pause: 0 } : track,
  ),
})

/** Not every recording has as many tracks as the first. */
async function trackIn(probed: Promise<ProbedFile>, track: number | undefined): Promise<number | undefined> {
  return track !== undefined && track > (await probed).tracks.length ? undefined : track
}

const lengthOf = (probed: Promise<ProbedFile>): Promise<number> =>
  probed.then(
    ({ declared }) => declared?.seconds ?? 0,
    () => 0,
  )
