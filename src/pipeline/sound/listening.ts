/** One ffmpeg process that decodes one sound track. */
import { SAMPLE_RATE } from '../../ports/engine.ts'
import { inputArguments, isGrowing, type Source, start, type Tool } from '../ffmpeg.ts'
import { type Block, readBlocks } from './blocks.ts'
import type { Plan } from './plans.ts'

export interface ListeningOptions {
  stallMs?: number
  ffmpeg?: string
  signal?: AbortSignal
}

/** What Node's timers can count to. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** So long ffmpeg may leave a reader who waits without sound. */
export const STALL_MS = 60_000

export class Listening {
  readonly #ffmpeg: Tool
  readonly #stdout: AsyncIterator<Buffer>
  readonly #first: Promise<IteratorResult<Buffer>>
  readonly #stallMs: number
  readonly #signal: AbortSignal | undefined
  #stalled = false

  constructor(source: Source, plan: Plan, { stallMs, ffmpeg = 'ffmpeg', signal }: ListeningOptions) {
    const growing = isGrowing(source) ? source : undefined
    this.#ffmpeg = start(ffmpeg, decodeArguments(source, plan), growing)
    // Read at once, though nobody asks yet: Node throws away what a child that has ended wrote to no reader.
    this.#stdout = this.#ffmpeg.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>
    this.#first = this.#stdout.next()
    this.#first.catch(() => {}) // heard of by whoever reads
    this.#stallMs = stallMs ?? (growing ? LONGEST_TIMER_MS : STALL_MS)
    this.#signal = signal
    signal?.addEventListener('abort', this.#ffmpeg.kill)
  }

  blocks(): AsyncGenerator<Block> {
    return readBlocks(this.#bytes())
  }

  /** Once all was read. @throws ToolMissing; the signal's reason when aborted */
  async outcome(): Promise<{ code: number | null; stalled: boolean; complaints: string }> {
    const code = await this.#ffmpeg.exited
    this.#signal?.throwIfAborted()
    return { code, stalled: this.#stalled, complaints: this.#ffmpeg.complaints() }
  }

  /** So far. */
  complaints(): string {
    return this.#ffmpeg.complaints()
  }

  end(): void {
    this.#signal?.removeEventListener('abort', this.#ffmpeg.kill)
    this.#ffmpeg.kill()
  }

  /** Ends ffmpeg where it gives nothing while somebody waits for it; a slow reader does not count. */
  async *#bytes(): AsyncGenerator<Buffer> {
    let waiting = false
    let first: Promise<IteratorResult<Buffer>> | undefined = this.#first
    const timer = setInterval(() => {
      if (!waiting) return
      this.#stalled = true
      this.#ffmpeg.kill()
    }, this.#stallMs)
    try {
      for (;;) {
        waiting = true
        timer.refresh()
        const next = await (first ?? this.#stdout.next())
        first = undefined
        waiting = false
        if (next.done) return
        yield next.value
      }
    } finally {
      clearInterval(timer)
    }
  }
}

/**
 * The picture is left alone: a broken one must not cost the sound. Only where nothing is known beforehand is it
 * copied to nowhere, undecoded: of an MPEG stream ffmpeg would otherwise take the start of the streams in use for
 * the start of the recording, and sound that begins after its picture would come early.
 */
const decodeArguments = (source: Source, { stream, channels, scale }: Plan): string[] => [
  ...[
    '-nostdin',
    '-hide_banner',
    '-nostats',
    '-v',
    'warning',
    '-max_error_rate',
    '1',
    '-filter_threads',
    '1',
  ],
  // Decoders of sound do not gain from more than one thread, and each takes memory.
  ...['-threads', '1', ...inputArguments(source)],
  ...['-map', stream === undefined ? '0:a:0' : `0:${stream}`, '-map_metadata', '-1', '-map_chapters', '-1'],
  // Mono and stereo come as they are; what is more of known positions is mixed down to stereo.
  ...[
    '-af',
    `${scaledBy(scale)}${channels === undefined ? 'aformat=channel_layouts=mono|stereo' : apart(channels)}`,
  ],
  ...['-ar', String(SAMPLE_RATE), '-c:a', 'pcm_s16le', '-avoid_negative_ts', 'disabled'],
  ...['-cluster_time_limit', '500', '-f', 'matroska', 'pipe:1'],
  ...(isGrowing(source) ? ['-map', '0:v:0?', '-c:v', 'copy', '-f', 'null', '-'] : []),
]

/** Before anything makes whole numbers of the samples. */
const scaledBy = (scale: number): string => (scale === 1 ? '' : `volume=1/${scale},`)

/** Every channel as it is. */
const apart = (channels: number): string =>
  `pan=${channels}C|${Array.from({ length: channels }, (_, k) => `c${k}=c${k}`).join('|')}`
