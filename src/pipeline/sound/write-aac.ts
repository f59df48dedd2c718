/** Frames of AAC as Matroska, with which ffmpeg takes each at the time and in the layout that we say. */
import { type AacTrack, aacConfig, RATES } from './aac.ts'

/** What stands before the first frame. */
export function aacHeader(track: AacTrack, layout: number): Buffer {
  const rate = Buffer.alloc(8)
  rate.writeDoubleBE(RATES[track.rate]!)
  return Buffer.concat([
    element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], Buffer.from('matroska'))),
    // A segment of unknown length, in milliseconds.
    Buffer.from([0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    element([0x15, 0x49, 0xa9, 0x66], element([0x2a, 0xd7, 0xb1], number(1_000_000))),
    element(
      [0x16, 0x54, 0xae, 0x6b],
      element(
        [0xae],
        element([0xd7], number(1)),
        element([0x73, 0xc5], number(1)),
        element([0x83], number(2)),
        element([0x86], Buffer.from('A_AAC')),
        element([0x63, 0xa2], aacConfig(track, layout)),
        element([0xe1], element([0xb5], rate), element([0x9f], number(CHANNELS[layout] ?? 2))),
      ),
    ),
  ])
}

/** @param at milliseconds */
export const aacFrame = (at: number, frame: Buffer): Buffer =>
  element(
    [0x1f, 0x43, 0xb6, 0x75],
    element([0xe7], number(Math.max(0, at))),
    element([0xa3], Buffer.from([0x81, 0, 0, 0x80]), frame),
  )

const CHANNELS = [2, 1, 2, 3, 4, 5, 6, 8]

function element(id: readonly number[], ...content: Buffer[]): Buffer {
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE(BigInt(content.reduce((sum, { length }) => sum + length, 0)))
  length[0] = 0x01
  return Buffer.concat([Buffer.from(id), length, ...content])
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}
