/** The frames of a bare AAC stream. Not ffmpeg's packets: what it cannot read there it skips without a trace. */
import { createReadStream } from 'node:fs'
import type { Stretch } from '../ffmpeg.ts'
import type { SizedPacket } from './sized-packet.ts'

const HEADER = 7
const SAMPLES = 1024
const RATES = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
]

/** A frame with all that cannot be read behind it; times go on as if that were nothing. */
export async function* adtsFrames({ path, from, to }: Stretch): AsyncGenerator<SizedPacket> {
  let rest: Buffer = Buffer.alloc(0)
  let start = 0
  let frame: SizedPacket | undefined
  if (to <= from) return
  const file = createReadStream(path, { start: from, end: to - 1, highWaterMark: 1024 * 1024 })
  for await (const chunk of file) {
    rest = Buffer.concat([rest, chunk as Buffer])
    let at = 0
    for (;;) {
      const found = nextFrame(rest, at)
      if (frame) frame.size += found.at - at
      at = found.at
      if (!found.length) break
      if (frame) yield frame
      const duration = SAMPLES / found.rate
      frame = {
        at: frame ? frame.at + frame.duration : 0,
        duration,
        size: found.length,
        position: start + at,
      }
      at += found.length
    }
    rest = rest.subarray(at)
    start += at
  }
  if (frame) yield frame
}

/** @returns without a length: none, before `at`, and more has to be read */
function nextFrame(bytes: Buffer, from: number): { at: number; length?: number; rate: number } {
  for (let at = from; ; at++) {
    at = bytes.indexOf(0xff, at)
    if (at < 0) return { at: bytes.length, rate: 0 }
    const first = headerAt(bytes, at)
    if (first === 'unread') return { at, rate: 0 }
    if (!first) continue
    // Sound may look like a header: another must follow, of the same rate.
    const second = headerAt(bytes, at + first.length)
    if (second === 'unread') return { at, rate: 0 }
    if (second && second.rate === first.rate) return { at, ...first }
  }
}

type Header = { length: number; rate: number }

function headerAt(bytes: Buffer, at: number): Header | undefined | 'unread' {
  if (at + HEADER > bytes.length) return 'unread'
  return adtsHeader(bytes, at)
}

/** What a frame's first seven bytes say; undefined: none starts here. `length`: of the whole frame, bytes. */
export function adtsHeader(bytes: Buffer, at: number): Header | undefined {
  if ((bytes.readUInt16BE(at) & 0xfff6) !== 0xfff0) return undefined
  const rate = RATES[(bytes[at + 2]! >> 2) & 15]
  const length = ((bytes[at + 3]! & 3) << 11) | (bytes[at + 4]! << 3) | (bytes[at + 5]! >> 5)
  return rate !== undefined && length > HEADER ? { length, rate } : undefined
}
