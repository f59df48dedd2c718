/**
 * AAC whose number of channels changes inside a file that says it only once (Matroska, MP4: a broadcast that was copied
 * out of its transport stream). ffmpeg takes every frame for what the file says, and refuses the others. Which layout
 * a frame has is found by trying: each frame is handed to as many decoders as there are layouts, and has the smallest
 * that decodes it. A row of such frames is believed; a broken frame may look like anything.
 */
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { inputArguments, type LocalFile, start, type Tool } from '../ffmpeg.ts'
import { type AacTrack, readAacTrack } from './aac.ts'
import { type Packet, readBlocks, readPackets } from './blocks.ts'
import { aacFrame, aacHeader } from './write-aac.ts'

/** ffmpeg's words for it. */
const OTHER_LAYOUT = /channel element \d+\.\d+ is not allocated/

export const saysOtherLayout = (complaints: string): boolean => OTHER_LAYOUT.test(complaints)

/** Smallest first: what is whole in five channels decodes in seven. */
const LAYOUTS = [1, 2, 3, 4, 5, 6, 7]
/** Frames, a fifth of a second: fewer are damage. */
const SHORTEST_ROW = 10
/** Milliseconds from one frame to the next on a trial's own clock: longer than any frame, so that none is moved. */
const APART_MS = 1000

export interface Options {
  ffmpeg?: string
  signal?: AbortSignal
}

/** A row of frames. */
export interface Row {
  layout: number
  /** Frames from the first: until the next row begins. */
  from: number
}

/** The rows of a sound track; undefined: it is all as the file says, or nobody can tell. */
export async function findLayouts(
  path: LocalFile,
  stream: number | undefined,
  options: Options,
): Promise<Row[] | undefined> {
  let track: AacTrack | undefined
  let trials: Trial[] = []
  let count = 0
  try {
    for await (const { bytes, track: said } of packetsOf(path, stream, options)) {
      track ??= readAacTrack(said.codecPrivate)
      if (!track) return undefined
      const known = track
      if (count === 0) trials = LAYOUTS.map((layout) => new Trial(layout, known, options))
      for (const trial of trials) if (mayBe(trial.layout, bytes)) await trial.add(count, bytes)
      count++
    }
    const decoded = await Promise.all(trials.map((trial) => trial.end()))
    return track && rowsOf(count, decoded, track.layout)
  } finally {
    for (const trial of trials) trial.kill()
  }
}

function rowsOf(count: number, decoded: readonly Marks[], usual: number): Row[] | undefined {
  const layoutOf = (k: number): number => LAYOUTS.find((_, n) => decoded[n]!.has(k)) ?? usual
  const rows: Row[] = [{ layout: usual, from: 0 }]
  for (let from = 0, k = 1; k <= count; k++) {
    if (k < count && layoutOf(k) === layoutOf(from)) continue
    if (k - from >= SHORTEST_ROW && layoutOf(from) !== rows.at(-1)!.layout)
      rows.push({ layout: layoutOf(from), from })
    from = k
  }
  return rows.length > 1 ? rows.filter(({ from }, k) => rows[k + 1]?.from !== from) : undefined
}

/** What a frame begins with, in its first three bits: one channel, or a pair. */
const SINGLE = 0
const PAIR = 1

/**
 * One channel and two are told apart by a frame's beginning: ffmpeg takes either for the other, and from then on only
 * that.
 */
function mayBe(layout: number, frame: Buffer): boolean {
  const first = frame[0]! >> 5
  return !((layout === 1 && first === PAIR) || (layout === 2 && first === SINGLE))
}

/** One layout, tried on every frame. */
class Trial {
  readonly layout: number
  readonly #frames = new PassThrough()
  readonly #decoder: Tool
  readonly #decoded: Promise<Marks>

  constructor(layout: number, track: AacTrack, { ffmpeg = 'ffmpeg' }: Options) {
    this.layout = layout
    this.#decoder = start(ffmpeg, [...FROM_PIPE, ...AS_BLOCKS], this.#frames)
    this.#decoded = this.#listen()
    this.#decoded.catch(() => {}) // heard of in `end`
    this.#frames.on('error', () => {}) // the decoder has ended: it decodes no more
    this.#frames.write(aacHeader(track, layout))
  }

  async add(k: number, frame: Buffer): Promise<void> {
    if (this.#frames.destroyed || this.#frames.write(aacFrame(k * APART_MS, frame))) return
    const waited = new AbortController()
    const { signal } = waited
    // Its error says no more than that the decoder has ended.
    await Promise.race([
      once(this.#frames, 'drain', { signal }),
      once(this.#frames, 'close', { signal }),
    ]).catch(() => {})
    waited.abort()
  }

  end(): Promise<Marks> {
    this.#frames.end()
    return this.#decoded
  }

  kill(): void {
    this.#decoder.kill()
  }

  async #listen(): Promise<Marks> {
    const decoded = new Marks()
    for await (const { at } of readBlocks(this.#decoder.stdout)) decoded.add(Math.round(at / APART_MS))
    return decoded
  }
}

/** Of many frames, in a byte each. */
class Marks {
  #marks = new Uint8Array(4096)

  add(k: number): void {
    if (k >= this.#marks.length) {
      const more = new Uint8Array(2 * (k + 1))
      more.set(this.#marks)
      this.#marks = more
    }
    this.#marks[k] = 1
  }

  has(k: number): boolean {
    return this.#marks[k] === 1
  }
}

const QUIET = ['-nostdin', '-hide_banner', '-nostats', '-v', 'error', '-max_error_rate', '1', '-threads', '1']
/** Frames as `write-aac.ts` writes them, on stdin. */
export const FROM_PIPE = [...QUIET, '-copyts', '-f', 'matroska', '-i', 'pipe:0']
const AS_BLOCKS = ['-ac', '1', '-c:a', 'pcm_s16le', '-f', 'matroska', 'pipe:1']

/** The frames of a sound track, undecoded. */
export async function* packetsOf(
  path: LocalFile,
  stream: number | undefined,
  { ffmpeg = 'ffmpeg', signal }: Options,
): AsyncGenerator<Packet> {
  const copy = start(ffmpeg, [
    ...[...QUIET, ...inputArguments(path), '-map', stream === undefined ? '0:a:0' : `0:${stream}`],
    ...['-c', 'copy', '-avoid_negative_ts', 'disabled', '-f', 'matroska', 'pipe:1'],
  ])
  signal?.addEventListener('abort', copy.kill)
  try {
    yield* readPackets(copy.stdout)
    signal?.throwIfAborted()
  } finally {
    signal?.removeEventListener('abort', copy.kill)
    copy.kill()
  }
}
