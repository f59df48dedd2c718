/** The blocks of a listening, also where the file says nothing of a change of its channels. */
import { setImmediate as turn } from 'node:timers/promises'
import { SAMPLE_RATE } from '../../ports/engine.ts'
import { type Source, start } from '../ffmpeg.ts'
import { mediaError } from '../media-error.ts'
import { type AacTrack, readAacTrack } from './aac.ts'
import { type Block, readBlocks } from './blocks.ts'
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
    if (typeof source !== 'string') throw mediaError('decode_failed')
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
  path: string,
  plan: Plan,
  rows: readonly Row[],
  heard: { end: number; channels: number },
  options: Options,
): AsyncGenerator<Block, Ended> {
  let ended: Ended = { code: 0, stalled: false, complaints: '' }
  for (const [k, row] of rows.entries()) {
    const frames = framesOf(path, plan, row, rows[k + 1]?.from ?? Number.POSITIVE_INFINITY, options)
    const ffmpeg = start(options.ffmpeg ?? 'ffmpeg', [...FROM_PIPE, ...asSound(heard.channels)], frames)
    options.signal?.addEventListener('abort', ffmpeg.kill)
    try {
      for await (const block of readBlocks(ffmpeg.stdout)) {
        const piece = after(heard.end, block)
        if (piece) yield piece
      }
      const code = await ffmpeg.exited
      options.signal?.throwIfAborted()
      ended = { code: code || ended.code, stalled: false, complaints: ended.complaints + ffmpeg.complaints() }
    } finally {
      options.signal?.removeEventListener('abort', ffmpeg.kill)
      ffmpeg.kill()
    }
  }
  return ended
}

async function* framesOf(
  path: string,
  plan: Plan,
  { layout, from }: Row,
  to: number,
  options: Options,
): AsyncGenerator<Buffer> {
  let track: AacTrack | undefined
  let k = 0
  for await (const packet of packetsOf(path, plan.stream, options)) {
    if (k >= to) return
    if (k++ < from) continue
    if (!track) {
      track = readAacTrack(packet.track.codecPrivate)!
      yield aacHeader(track, layout)
    }
    yield aacFrame(packet.at, packet.bytes)
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
