/**
 * What ffmpeg hands over: PCM in Matroska, because that says of every piece when it is heard. Raw PCM does not,
 * and ffmpeg's own filling of gaps (`aresample=async`) begins anew whenever the sound's format changes in the
 * middle of a file: everything after the change then comes seconds or minutes late.
 */

export interface Block {
  /** Milliseconds, as the file says. */
  at: number
  /** 16 bit, the channels of one moment side by side. */
  samples: Int16Array
  channels: number
}

const SEGMENT = 0x18538067
const CLUSTER = 0x1f43b675
const TRACKS = 0x1654ae6b
const TRACK_ENTRY = 0xae
const AUDIO = 0xe1
const CHANNELS = 0x9f
const CLUSTER_TIME = 0xe7
const SIMPLE_BLOCK = 0xa3
const BLOCK_GROUP = 0xa0
const BLOCK = 0xa1

const CODEC_PRIVATE = 0x63a2
/** Elements whose content is elements: they are gone into, whatever their length says. */
const OPENED = new Set([SEGMENT, CLUSTER, TRACKS, TRACK_ENTRY, AUDIO, BLOCK_GROUP])

/** The number of the track (one byte), the time (two) and flags (one). */
const BLOCK_HEADER = 4

/** A piece of a track as it is in the file. */
export interface Packet {
  /** Milliseconds, as the file says. */
  at: number
  bytes: Buffer
  /** What the file says of the whole track. */
  track: { channels: number; codecPrivate: Buffer }
}

/** Reads the one track of PCM that ffmpeg writes to a pipe. Bytes come in any portions. */
export async function* readBlocks(bytes: AsyncIterable<Buffer>): AsyncGenerator<Block> {
  for await (const { at, bytes: piece, track } of readPackets(bytes))
    yield { at, samples: pcm(piece), channels: track.channels }
}

/** Reads one track of any codec. */
export async function* readPackets(bytes: AsyncIterable<Buffer>): AsyncGenerator<Packet> {
  let rest: Buffer = Buffer.alloc(0)
  let time = 0
  const track = { channels: 1, codecPrivate: Buffer.alloc(0) }
  for await (const chunk of bytes) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    for (;;) {
      const element = readElement(rest, at)
      if (!element) break
      const { id, from, to } = element
      at = to
      if (id === CLUSTER_TIME) time = rest.readUIntBE(from, Math.min(6, to - from))
      else if (id === CHANNELS) track.channels = rest.readUIntBE(from, Math.min(6, to - from))
      else if (id === CODEC_PRIVATE) track.codecPrivate = Buffer.from(rest.subarray(from, to))
      else if ((id === SIMPLE_BLOCK || id === BLOCK) && to - from > BLOCK_HEADER)
        yield { at: time + rest.readInt16BE(from + 1), bytes: rest.subarray(from + BLOCK_HEADER, to), track }
    }
    rest = rest.subarray(at)
  }
}

/** The element at `at`, if all that is needed of it is there: of one that is gone into, its header. */
function readElement(bytes: Buffer, at: number): { id: number; from: number; to: number } | undefined {
  const id = readNumber(bytes, at, false)
  if (!id) return undefined
  const size = readNumber(bytes, id.to, true)
  if (!size) return undefined
  if (OPENED.has(id.value)) return { id: id.value, from: size.to, to: size.to }
  const to = size.to + size.value
  return to <= bytes.length ? { id: id.value, from: size.to, to } : undefined
}

/** A number as EBML writes it: the zero bits before the first one say how many bytes follow. */
function readNumber(bytes: Buffer, at: number, unmarked: boolean): { value: number; to: number } | undefined {
  const first = bytes[at]
  if (first === undefined) return undefined
  const length = Math.clz32(first) - 23
  if (at + length > bytes.length) return undefined
  let value = unmarked ? first & (0xff >> length) : first
  for (let k = 1; k < length; k++) value = value * 256 + bytes[at + k]!
  return { value, to: at + length }
}

/** A copy: in the pipe's buffer they may lie at odd addresses. */
function pcm(bytes: Buffer): Int16Array {
  const copy = new Uint8Array(bytes.length & ~1)
  copy.set(bytes.subarray(0, copy.length))
  return new Int16Array(copy.buffer)
}
