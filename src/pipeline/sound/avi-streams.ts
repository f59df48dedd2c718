/** What the header of an AVI says of its streams. */
import type { FileBytes } from '../joined/bytes.ts'

export interface AviStream {
  isSound: boolean
  /** The byte that its silence consists of; 0 where it is encoded. */
  silence: number
  /** How long a chunk of so many bytes is heard. */
  secondsOf(size: number): number
}

const LONGEST_HEADER = 256 * 1024

/** In the order of their numbers. */
export async function readAviStreams(bytes: FileBytes, from: number): Promise<AviStream[]> {
  const head = await bytes.at(from + 12, LONGEST_HEADER)
  const streams: AviStream[] = []
  let described: Buffer | undefined
  for (const { name, content } of chunksIn(head)) {
    if (name === 'strh' && content.length >= 48) described = content
    if (name !== 'strf' || !described) continue
    streams.push(streamOf(described, content))
    described = undefined
  }
  return streams
}

/** Those in lists as well. It ends with the list of the sound and pictures. */
function* chunksIn(bytes: Buffer): Generator<{ name: string; content: Buffer }> {
  for (let at = 0; at + 12 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    if (name === 'LIST') {
      if (bytes.toString('latin1', at + 8, at + 12) === 'movi') return
      at += 12
    } else {
      yield { name, content: bytes.subarray(at + 8, at + 8 + length) }
      at += 8 + length + (length & 1)
    }
  }
}

/** A byte of silence, by the number of the format: A-law, µ-law; all others are centred on zero. */
const SILENCE: Record<number, number> = { 6: 0xd5, 7: 0xff }
const PCM = 1

function streamOf(described: Buffer, format: Buffer): AviStream {
  const isSound = described.toString('latin1', 0, 4) === 'auds' && format.length >= 16
  const tick = described.readUInt32LE(20) / (described.readUInt32LE(24) || 1)
  const sampleSize = described.readUInt32LE(44)
  const tag = isSound ? format.readUInt16LE(0) : 0
  const block = isSound ? format.readUInt16LE(12) : 0
  // Samples of 8 bits are counted from 0, and those of more bits around it.
  const silence = tag === PCM && format.readUInt16LE(14) === 8 ? 0x80 : (SILENCE[tag] ?? 0)
  return {
    isSound,
    silence,
    secondsOf: (size) =>
      tick * (sampleSize > 0 ? size / sampleSize : block > 0 ? Math.ceil(size / block) : 1),
  }
}
