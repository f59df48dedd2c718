/** Where the floating-point samples of an uncompressed recording are: what WAV, RF64, AIFC, CAF, Wave64 and AU say. */
import type { FileBytes } from '../joined/bytes.ts'
import { AIFF, CAF, type Chunk, type ChunkLayout, chunks, WAVE64 } from '../joined/chunks.ts'
import { floatBitsIn, untold, waveData } from '../joined/ends.ts'

export interface FloatData {
  from: number
  to: number
  /** 32 or 64. */
  bits: number
  littleEndian: boolean
}

/** @param to where the file ends. @returns undefined: another format, or its samples are whole numbers */
export async function floatData(bytes: FileBytes, from: number, to: number): Promise<FloatData | undefined> {
  const magic = (await bytes.at(from, 4)).toString('latin1')
  const found = await READERS[magic]?.(bytes, from, to)
  if (!found || (found.bits !== 32 && found.bits !== 64)) return undefined
  return { ...found, to: Math.min(to, found.to) }
}

type Read = (bytes: FileBytes, from: number, to: number) => Promise<FloatData | undefined>

const endOf = (from: number, length: number): number =>
  length < 0 || untold(length) ? Number.POSITIVE_INFINITY : from + length

const inWave: Read = async (bytes, from, to) => {
  const data = await waveData(bytes, from, to)
  if (data?.floatBits === undefined) return undefined
  return { from: data.from, to: endOf(data.from, data.length), bits: data.floatBits, littleEndian: true }
}

const inAifc: Read = async (bytes, from, to) => {
  const found = await chunksIn(bytes, AIFF, from, to)
  const [, bits] = /^fl(32|64)$/i.exec(found.COMM?.head.toString('latin1', 18, 22) ?? '') ?? []
  if (!bits || !found.SSND) return undefined
  const { from: start, length, head } = found.SSND
  const first = start + 8 + (head.length >= 4 ? head.readUInt32BE(0) : 0)
  return { from: first, to: endOf(start, length), bits: Number(bits), littleEndian: false }
}

const IS_FLOAT = 1
const IS_LITTLE_ENDIAN = 2

const inCaf: Read = async (bytes, from, to) => {
  const { desc, data } = await chunksIn(bytes, CAF, from, to)
  if (!desc || !data || desc.head.length < 32 || desc.head.toString('latin1', 8, 12) !== 'lpcm')
    return undefined
  const flags = desc.head.readUInt32BE(12)
  if ((flags & IS_FLOAT) === 0) return undefined
  const bits = desc.head.readUInt32BE(28)
  // An edit count comes first.
  const first = data.from + 4
  return {
    from: first,
    to: endOf(data.from, data.length),
    bits,
    littleEndian: (flags & IS_LITTLE_ENDIAN) !== 0,
  }
}

const inWave64: Read = async (bytes, from, to) => {
  const { 'fmt ': format, data } = await chunksIn(bytes, WAVE64, from, to)
  const bits = format && floatBitsIn(format.head)
  if (bits === undefined || !data) return undefined
  return { from: data.from, to: endOf(data.from, data.length), bits, littleEndian: true }
}

/** By the number of the encoding. */
const AU_BITS: Record<number, number> = { 6: 32, 7: 64 }

const inAu: Read = async (bytes, from) => {
  const head = await bytes.at(from, 24)
  const bits = head.length < 24 ? undefined : AU_BITS[head.readUInt32BE(12)]
  if (bits === undefined) return undefined
  const first = from + head.readUInt32BE(4)
  return { from: first, to: endOf(first, head.readUInt32BE(8)), bits, littleEndian: false }
}

const READERS: Record<string, Read | undefined> = {
  RIFF: inWave,
  RF64: inWave,
  FORM: inAifc,
  caff: inCaf,
  riff: inWave64,
  '.snd': inAu,
}

const MOST_CHUNKS = 100

/** By their names. */
async function chunksIn(
  bytes: FileBytes,
  layout: ChunkLayout,
  from: number,
  to: number,
): Promise<Record<string, Chunk | undefined>> {
  const found: Record<string, Chunk | undefined> = {}
  let count = 0
  for await (const chunk of chunks(bytes, layout, from, to)) {
    found[chunk.name] ??= chunk
    if (++count === MOST_CHUNKS) break
  }
  return found
}
