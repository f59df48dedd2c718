/** The blocks of a listening, also where the file says nothing of a change of its channels. */
import { setImmediate as turn } from 'node:timers/promises'
import { SAMPLE_RATE } from '../../ports/engine.ts'
import { isGrowing, type LocalFile, type Source, start } from '../ffmpeg.ts'
import { mediaError } from '../media-error.ts'
import { type AacTrack, readAacTrack } from './aac.ts'
import { type Block, type Packet, readBlocks } from './blocks.ts'
import { FROM_PIPE, findLayouts, type Options, packetsOf, type Row, saysOtherLayout } from './layouts.ts'
import type { Listening } from './listening.ts'
import type { Plan } from './plans.ts'
import { aacFrame, aacHeader } from './write-aac.ts'

export type Ended = Awaited<ReturnType<Listening['outcome']>>

/** Milliseconds: where ffmpeg refused frames there is a gap. */
const GAP_MS = 40

/**
 * Where ffmpeg refused frames for their layout, goes on with what it can make of them when it is told.
 * @throws MediaError `decode_failed` for that in a file that is still being written
 */
export async function* blocksOf(
  listening: Listening,
  source: Source,
  plan: Plan,
  options: Options,
): AsyncGenerator<Block, Ended> {
  let end = 0
  let channels = 2
  let looked = false
  const relaid = async (): Promise<AsyncGenerator<Block, Ended> | undefined> => {
    looked = true
    if (isGrowing(source)) throw mediaError('decode_failed')
    const rows = await findLayouts(source, plan.stream, options)
    return rows && relay(source, plan, rows, { end, channels }, options)
  }
  for await (const block of listening.blocks()) {
    if (!looked && block.at - end > GAP_MS) {
      // What it said before it wrote this has been heard by then.
      await turn()
      const rest = saysOtherLayout(listening.complaints()) && (await relaid())
      if (rest) {
        listening.end()
        return yield* rest
      }
    }
    yield block
    end = block.at + lengthMs(block)
    channels = block.channels
  }
  const ended = await listening.outcome()
  const rest = !looked && saysOtherLayout(ended.complaints) && (await relaid())
  return rest ? yield* rest : ended
}

const lengthMs = ({ samples, channels }: Block): number => (samples.length * 1000) / channels / SAMPLE_RATE

/** Row after row, each decoded in its layout. @param heard until when, and in how many channels: so it goes on */
async function* relay(
  path: LocalFile,
  plan: Plan,
  rows: readonly Row[],
  heard: { end: number; channels: number },
  options: Options,
): AsyncGenerator<Block, Ended> {
  let ended: Ended = { code: 0, stalled: false, complaints: '' }
  const frames = new Frames(packetsOf(path, plan.stream, options))
  try {
    for (const [k, row] of rows.entries()) {
      const ofRow = frames.of(row, rows[k + 1]?.from ?? Number.POSITIVE_INFINITY)
      const ffmpeg = start(options.ffmpeg ?? 'ffmpeg', [...FROM_PIPE, ...asSound(heard.channels)], ofRow)
      options.signal?.addEventListener('abort', ffmpeg.kill)
      try {
        for await (const block of readBlocks(ffmpeg.stdout)) {
          const piece = after(heard.end, block)
          if (piece) yield piece
        }
        const code = await ffmpeg.exited
        options.signal?.throwIfAborted()
        ended = {
          code: code || ended.code,
          stalled: false,
          complaints: ended.complaints + ffmpeg.complaints(),
        }
      } finally {
        options.signal?.removeEventListener('abort', ffmpeg.kill)
        ffmpeg.kill()
      }
    }
  } finally {
    await frames.end()
  }
  return ended
}

/** The frames of a track, read once, however many rows there are. */
class Frames {
  readonly #packets: AsyncGenerator<Packet>
  /** How many were read. */
  #count = 0
  /** Read, and of the row that comes next. */
  #ahead: Packet | undefined

  constructor(packets: AsyncGenerator<Packet>) {
    this.#packets = packets
  }

  /** Those of a row, as a file of its layout. Rows are asked for in their order. */
  async *of({ layout, from }: Row, to: number): AsyncGenerator<Buffer> {
    let track: AacTrack | undefined
    for (;;) {
      const packet = await this.#next()
      if (!packet) return
      if (this.#count > to) {
        this.#ahead = packet
        return
      }
      if (this.#count <= from) continue
      if (!track) {
        track = readAacTrack(packet.track.codecPrivate)!
        yield aacHeader(track, layout)
      }
      yield aacFrame(packet.at, packet.bytes)
    }
  }

  async end(): Promise<void> {
    await this.#packets.return(undefined)
  }

  async #next(): Promise<Packet | undefined> {
    const ahead = this.#ahead
    this.#ahead = undefined
    if (ahead) return ahead
    const { done, value } = await this.#packets.next()
    if (done) return undefined
    this.#count++
    return value
  }
}

const asSound = (channels: number): string[] => [
  ...['-ac', String(channels), '-ar', String(SAMPLE_RATE), '-c:a', 'pcm_s16le'],
  ...['-cluster_time_limit', '500', '-f', 'matroska', 'pipe:1'],
]

/** What of a block is heard after a time; undefined: nothing. */
function after(ms: number, block: Block): Block | undefined {
  const early = Math.round(((ms - block.at) * SAMPLE_RATE) / 1000) * block.channels
  if (early <= 0) return block
  if (early >= block.samples.length) return undefined
  return { ...block, at: ms, samples: block.samples.subarray(early) }
}
