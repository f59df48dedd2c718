/** Chunks, of which WAV, AIFF, CAF and Wave64 consist: each has a name and a length. */
import type { FileBytes } from './bytes.ts'

/** How the chunks of a format follow each other. */
export interface ChunkLayout {
  /** Where the first is. */
  first: number
  header: number
  /** Of what is in it, without the header. */
  length(header: Buffer): number
  /** What is in them is padded to multiples of so many bytes. */
  aligned: number
}

export const WAVE: ChunkLayout = { first: 12, header: 8, length: (head) => head.readUInt32LE(4), aligned: 2 }
export const AIFF: ChunkLayout = { first: 12, header: 8, length: (head) => head.readUInt32BE(4), aligned: 2 }
/** Its length is negative where the last chunk goes on to the end of the file. */
export const CAF: ChunkLayout = {
  first: 8,
  header: 12,
  length: (head) => Number(head.readBigInt64BE(4)),
  aligned: 1,
}
/** Its names are GUIDs, of which the first four letters say enough. */
export const WAVE64: ChunkLayout = {
  first: 40,
  header: 24,
  length: (head) => Number(head.readBigUInt64LE(16)) - 24,
  aligned: 8,
}

export interface Chunk {
  name: string
  /** Where its header is. */
  start: number
  /** Where its content is. */
  from: number
  length: number
  /** The first bytes of its content. */
  head: Buffer
  /** Where the next one is. */
  next: number
}

/** What describes samples is no longer. */
const DESCRIPTION = 40

/** @param to where the file ends */
export async function* chunks(
  bytes: FileBytes,
  { first, header, length, aligned }: ChunkLayout,
  from: number,
  to = bytes.size,
): AsyncGenerator<Chunk> {
  for (let start = from + first; start + header <= to; ) {
    const head = Buffer.from(await bytes.at(start, header + DESCRIPTION))
    if (head.length < header) return
    const size = length(head)
    const next = start + header + Math.ceil(size / aligned) * aligned
    const name = head.toString('latin1', 0, 4)
    yield { name, start, from: start + header, length: size, head: head.subarray(header), next }
    if (size < 0) return
    start = next
  }
}
