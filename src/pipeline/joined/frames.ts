/**
 * Formats that are nothing but frames (MP3, AAC, AC-3, DTS). A single header is too weak a sign: any sound contains such
 * bytes. Several of the same kind, each where the one before it ends, are certain.
 */
import { adtsHeader } from '../sound/adts.ts'
import type { FileBytes } from './bytes.ts'
import type { Walked } from './ends.ts'

interface Frame {
  /** Bytes, the header included. */
  length: number
  /** What all frames of a recording have in common. */
  like: number
}

/** Undefined: no frame starts here. There are `HEADER` bytes. */
export type ReadFrame = (bytes: Buffer, at: number) => Frame | undefined

/** Bytes that a header takes. */
const HEADER = 8
/** So many frames one after another are certain. */
const RUN = 4
/** The longest frame that is accepted. */
const LONGEST = 8192
/** Bytes that a run takes, and what is read of a file to look for one. */
export const RUN_BYTES = RUN * LONGEST + HEADER

/** Of layers I to III, in version 1. */
const KBPS = [
  [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
]
const LOW = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
/** In the later ones. */
const LOW_KBPS = [[0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256], LOW, LOW]
const RATES = [44_100, 48_000, 32_000]

/** MPEG audio of the versions 1, 2 and 2.5. */
export const mpegFrame =
  (layer: 1 | 2 | 3): ReadFrame =>
  (bytes, at) => {
    const bits = bytes.readUInt32BE(at)
    const version = (bits >>> 19) & 3
    const rate = RATES[(bits >>> 10) & 3]
    if (bits >>> 21 !== 0x7ff || ((bits >>> 17) & 3) !== 4 - layer || version === 1 || rate === undefined)
      return undefined
    const first = version === 3
    const kbps = (first ? KBPS : LOW_KBPS)[layer - 1]![(bits >>> 12) & 15]
    if (!kbps) return undefined
    const hertz = first ? rate : version === 2 ? rate / 2 : rate / 4
    const perByte = layer === 1 ? 12 : layer === 3 && !first ? 72 : 144
    const slots = Math.floor((perByte * kbps * 1000) / hertz) + ((bits >>> 9) & 1)
    return { length: layer === 1 ? slots * 4 : slots, like: (bits >>> 17) * 4 + ((bits >>> 10) & 3) }
  }

/** AAC in ADTS. */
export const adtsFrame: ReadFrame = (bytes, at) => {
  const header = adtsHeader(bytes, at)
  if (!header || header.length <= HEADER) return undefined
  return { length: header.length, like: bytes.readUInt16BE(at) * 16 + ((bytes[at + 2]! >> 2) & 15) }
}

const AC3_KBPS = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640]

export const ac3Frame: ReadFrame = (bytes, at) => {
  const version = bytes[at + 5]! >> 3
  const kbps = AC3_KBPS[(bytes[at + 4]! & 63) >> 1]
  const rate = bytes[at + 4]! >> 6
  if (bytes.readUInt16BE(at) !== 0x0b77 || version > 10 || rate === 3 || !kbps) return undefined
  const words = [2 * kbps, Math.floor((320 * kbps) / 147) + (bytes[at + 4]! & 1), 3 * kbps][rate]!
  return { length: 2 * words, like: rate * 32 + version }
}

export const eac3Frame: ReadFrame = (bytes, at) => {
  const version = bytes[at + 5]! >> 3
  if (bytes.readUInt16BE(at) !== 0x0b77 || version <= 10 || version > 16) return undefined
  return { length: 2 * ((bytes.readUInt16BE(at + 2) & 0x7ff) + 1), like: version }
}

/** The core of DTS, in words of 16 bits, the higher byte first. */
export const dtsFrame: ReadFrame = (bytes, at) => {
  if (bytes.readUInt32BE(at) !== 0x7ffe8001) return undefined
  const length = ((bytes.readUIntBE(at + 5, 3) >>> 4) & 0x3fff) + 1
  return length >= 96 ? { length, like: 0 } : undefined
}

/** Whether a run of frames begins here. */
export function runsAt(bytes: Buffer, from: number, read: ReadFrame): boolean {
  let like: number | undefined
  for (let at = from, count = 0; at + HEADER <= bytes.length; ) {
    const frame = read(bytes, at)
    if (!frame || frame.length > LONGEST || (like !== undefined && frame.like !== like)) return false
    if (++count === RUN) return true
    like = frame.like
    at += frame.length
  }
  return false
}

/** Where a frame may begin, from a place on; negative: nowhere. */
export type NextSync = (bytes: Buffer, from: number) => number

/** The same bytes begin each frame. */
export const syncOf =
  (sync: Buffer): NextSync =>
  (bytes, from) =>
    bytes.indexOf(sync, from)

/** Eleven bits that are set. Quiet samples are full of the first eight: with `indexOf` the search took four times as long. */
export const mpegSync: NextSync = (bytes, from) => {
  for (let at = from; at + 1 < bytes.length; at++) if (bytes[at] === 0xff && bytes[at + 1]! >= 0xe0) return at
  return -1
}

/** Where a run of frames begins; infinity: nowhere. */
export function firstRun(bytes: Buffer, next: NextSync, read: ReadFrame): number {
  for (let at = next(bytes, 0); at >= 0; at = next(bytes, at + 1)) if (runsAt(bytes, at, read)) return at
  return Number.POSITIVE_INFINITY
}

/** Behind the last frame, which may reach beyond the end of the file, or where something else begins. */
export async function framesEnd(bytes: FileBytes, from: number, read: ReadFrame): Promise<Walked> {
  let last = from
  for (let at = from; ; ) {
    const piece = await bytes.at(at, RUN_BYTES)
    let end = 0
    while (end + HEADER <= piece.length) {
      const frame = read(piece, end)
      if (!frame) return { end: at + end, last }
      last = at + end
      end += frame.length
    }
    at += end
    if (piece.length < RUN_BYTES) return { end: at, last }
  }
}
