import { SAMPLE_RATE } from '../ports/engine.ts'
import type { MediaErrorCode, ProbedFile } from '../ports/prober.ts'
import { inputArguments, type Source, start, type Tool } from './ffmpeg.ts'
import { mediaError, tooLong } from './media-error.ts'

export interface DecodeOptions {
  /** What the probe found, to notice a file that ends before its time: asked for at the end. */
  declared?: ProbedFile['declared'] | (() => Promise<ProbedFile['declared']>)
  /** See `ProbedFile`. */
  bare?: boolean
  /** More sound than this is refused as `too_long`: a small file can unpack to days. */
  maxSeconds?: number
  /** ffmpeg may leave a reader who waits without sound for this long. Default 60 s; a file that grows has no limit. */
  stallMs?: number
  ffmpeg?: string
  signal?: AbortSignal
}

/** What Node's timers can count to. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Samples in each chunk but the last: half a second. */
const CHUNK = SAMPLE_RATE / 2

/**
 * The sound of a recording as PCM (see `SAMPLE_RATE`), sample k being the media's second k / 16000 as a player
 * counts: sound that starts late or has gaps in its timestamps is filled with silence. One ffmpeg process,
 * which waits while the reader is busy, and ends when the reader stops.
 * @throws MediaError; ToolMissing; the signal's reason when aborted.
 */
export async function* decode(source: Source, options: DecodeOptions = {}): AsyncGenerator<Int16Array> {
  options.signal?.throwIfAborted()
  const growing = typeof source === 'string' ? undefined : source
  const ffmpeg = start(options.ffmpeg ?? 'ffmpeg', decodeArguments(source, options), growing)
  const stall = new Stall(options.stallMs ?? (growing ? LONGEST_TIMER_MS : 60_000), ffmpeg.kill)
  options.signal?.addEventListener('abort', ffmpeg.kill)
  let samples = 0
  try {
    for await (const chunk of chunks(ffmpeg, stall)) {
      samples += chunk.length
      if (options.maxSeconds !== undefined && samples > options.maxSeconds * SAMPLE_RATE)
        throw tooLong(options.maxSeconds)
      yield chunk
    }
    const code = await ffmpeg.exited
    options.signal?.throwIfAborted()
    const fault = verdict({
      code,
      stalled: stall.expired,
      complaints: ffmpeg.complaints(),
      seconds: samples / SAMPLE_RATE,
      declared: await declaredBy(options),
    })
    if (fault) throw mediaError(fault)
  } finally {
    stall.end()
    options.signal?.removeEventListener('abort', ffmpeg.kill)
    ffmpeg.kill()
  }
}

/** All of a short recording at once. @throws like `decode` */
export async function decodeWhole(source: Source, options: DecodeOptions = {}): Promise<Int16Array> {
  const chunks: Int16Array[] = []
  for await (const chunk of decode(source, options)) chunks.push(chunk)
  const all = new Int16Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

const declaredBy = async ({ declared = null }: DecodeOptions): Promise<ProbedFile['declared']> =>
  typeof declared === 'function' ? declared() : declared

/**
 * `async=1` fills and trims where timestamps and samples part by more than `min_hard_comp`: a gap in a
 * recording must not make everything after it early. 40 ms is above the jitter of healthy files.
 *
 * The pictures go nowhere, undecoded: of an MPEG stream ffmpeg would otherwise take the start of the streams
 * in use for the start of the recording, and sound that begins after its picture would come early.
 */
const decodeArguments = (source: Source, { bare = false }: DecodeOptions): string[] => [
  ...['-nostdin', '-hide_banner', '-nostats', '-v', 'warning', ...inputArguments(source)],
  ...['-map', '0:a:0', '-af', `${bare ? COUNTED : ''}aresample=async=1:min_hard_comp=0.04:first_pts=0`],
  ...['-ar', String(SAMPLE_RATE), '-ac', '1', '-c:a', 'pcm_s16le', '-f', 's16le', 'pipe:1'],
  ...['-map', '0:v:0?', '-c:v', 'copy', '-f', 'null', '-'],
]

/** ffmpeg makes up the timestamps of a bare stream, and rounds them: at 44.1 kHz 0.1 s is lost in 10 minutes. */
const COUNTED = 'asetpts=N/SR/TB,'

/** Ends a process that gives nothing while somebody waits for it; a slow reader does not count. */
class Stall {
  expired = false
  readonly #timer: NodeJS.Timeout
  #waiting = false
  constructor(ms: number, onExpired: () => void) {
    this.#timer = setInterval(() => {
      if (!this.#waiting) return
      this.expired = true
      onExpired()
    }, ms)
  }
  async during<T>(wait: Promise<T>): Promise<T> {
    this.#waiting = true
    this.#timer.refresh()
    try {
      return await wait
    } finally {
      this.#waiting = false
    }
  }
  end(): void {
    clearInterval(this.#timer)
  }
}

/** Bytes come in any portions, odd ones too; what leaves here are whole samples in equal chunks. */
async function* chunks({ stdout }: Tool, stall: Stall): AsyncGenerator<Int16Array> {
  const bytes = stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let chunk = Buffer.alloc(CHUNK * 2)
  let filled = 0
  for (;;) {
    const next = await stall.during(bytes.next())
    if (next.done) break
    for (let from = 0; from < next.value.length; ) {
      const copied = next.value.copy(chunk, filled, from)
      from += copied
      filled += copied
      if (filled < chunk.length) break
      yield samplesOf(chunk, filled)
      chunk = Buffer.alloc(CHUNK * 2)
      filled = 0
    }
  }
  if (filled > 1) yield samplesOf(chunk, filled)
}

const samplesOf = (bytes: Buffer, length: number): Int16Array =>
  new Int16Array(bytes.buffer, bytes.byteOffset, length >> 1)

export interface Outcome {
  /** ffmpeg's exit code; null when it was killed. */
  code: number | null
  stalled: boolean
  complaints: string
  /** What came out. */
  seconds: number
  /** What the file promised. */
  declared: ProbedFile['declared']
}

/** What ffmpeg says when a file stops in the middle of something. */
const CUT =
  /ended prematurely|partial file|[Pp]acket corrupt|corrupt input packet|invalid residual|Error while decoding|Error submitting packet/

/** How a decode went; null: well. */
export function verdict(outcome: Outcome): MediaErrorCode | null {
  const { code, stalled, complaints, seconds } = outcome
  if (stalled) return 'decode_failed'
  if (/matches no streams|does not contain any stream/.test(complaints)) return 'no_audio'
  if (/moov atom not found/.test(complaints)) return 'truncated'
  if (seconds === 0 && /not on whitelist|Invalid data found when processing input$/im.test(complaints))
    return 'not_media'
  if (isShort(outcome)) return 'truncated'
  if (code !== 0) return 'decode_failed'
  if (seconds === 0 && CUT.test(complaints)) return 'decode_failed'
  return null
}

/**
 * The length in a header is often a little off (encoder padding, VBR, a video that runs on after its
 * sound), so being short is proof by itself only where the audio stream promised clearly more; where the
 * file also stops in the middle of something, less is enough.
 */
function isShort({ seconds, declared, complaints }: Outcome): boolean {
  if (!declared) return false
  const missing = declared.seconds - seconds
  if (CUT.test(complaints)) return missing > Math.max(0.25, 0.01 * declared.seconds)
  return declared.of === 'audio' && missing > Math.max(1, 0.03 * declared.seconds)
}
