/**
 * Recordings put end to end, as `cat` does it. Where the first says how long it is, ffmpeg stops there: it is given
 * the same bytes without that.
 */
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

const EBML = 0x1a45dfa3
const SEGMENT = 0x18538067
/** An element's id (four bytes) and its size (at most eight). */
const ELEMENT = 12
/** Where a WAV's sound begins is looked for so far into it: less than one chunk of a stream. */
const HEAD = 32 * 1024
/** Recordings. Nobody joins more, but to have each looked at. */
const MOST = 1000
/** For a length of four bytes. */
const UNTOLD = Buffer.alloc(4, 0xff)

/** All of it, as often as it is asked for; undefined: it is one recording, or ffmpeg reads it all as it is. */
export async function joinedBytes(path: string): Promise<(() => AsyncIterable<Buffer>) | undefined> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const start = await bytesAt(file, 0, 4)
    if (start.length < 4) return undefined
    if (start.readUInt32BE(0) === EBML) return await joinedMatroska(file, path, size)
    return start.toString('latin1') === 'RIFF' ? await joinedWav(file, path, size) : undefined
  } finally {
    await file.close()
  }
}

/** A segment without a length goes on until the next recording begins. */
async function joinedMatroska(file: FileHandle, path: string, size: number) {
  const lengths: { at: number; bytes: number }[] = []
  let recordings = 0
  for (let at = 0; at < size && recordings <= MOST; ) {
    const head = await bytesAt(file, at, ELEMENT)
    const element = head.length < ELEMENT ? undefined : elementIn(head)
    if (!element) break
    if (element.id === EBML) recordings++
    if (element.id === SEGMENT) lengths.push({ at: at + 4, bytes: element.sizeBytes })
    at += 4 + element.sizeBytes + element.size
  }
  return recordings < 2 ? undefined : () => withoutLengths(path, lengths)
}

/** Undefined: none at the top level of a file, or one that does not say how long it is. */
function elementIn(head: Buffer): { id: number; sizeBytes: number; size: number } | undefined {
  const id = head.readUInt32BE(0)
  const sizeBytes = Math.clz32(head[4]!) - 23
  if ((id !== EBML && id !== SEGMENT) || sizeBytes > 8) return undefined
  let size = head[4]! & (0xff >> sizeBytes)
  let untold = size === 0xff >> sizeBytes
  for (const byte of head.subarray(5, 4 + sizeBytes)) {
    size = size * 256 + byte
    untold &&= byte === 0xff
  }
  return untold ? undefined : { id, sizeBytes, size }
}

async function* withoutLengths(
  path: string,
  lengths: readonly { at: number; bytes: number }[],
): AsyncGenerator<Buffer> {
  let from = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (const { at, bytes } of lengths)
      for (let k = 0; k < bytes; k++) {
        const place = at + k - from
        if (place >= 0 && place < chunk.length) chunk[place] = k === 0 ? 0xff >> (bytes - 1) : 0xff
      }
    from += chunk.length
    yield chunk
  }
}

interface Piece {
  /** What its header says of its samples. */
  format: string
  /** Of its samples, in the file. */
  from: number
  to: number
  /** Where the next recording would begin. */
  end: number
}

/** Samples of the same kind follow on without the headers between them. */
async function joinedWav(file: FileHandle, path: string, size: number) {
  const pieces: Piece[] = []
  for (let at = 0; at < size && pieces.length <= MOST; ) {
    const piece = pieceIn(await bytesAt(file, at, HEAD), at)
    if (!piece || piece.format !== (pieces[0] ?? piece).format) break
    pieces.push(piece)
    at = piece.end
  }
  return pieces.length < 2 ? undefined : () => asOne(path, pieces)
}

function pieceIn(head: Buffer, at: number): Piece | undefined {
  if (head.length < 12 || head.toString('latin1', 0, 4) !== 'RIFF') return undefined
  const end = at + 8 + even(head.readUInt32LE(4))
  let format = ''
  for (let place = 12; place + 8 <= head.length; ) {
    const name = head.toString('latin1', place, place + 4)
    const length = head.readUInt32LE(place + 4)
    const from = at + place + 8
    if (name === 'fmt ') format = head.toString('latin1', place + 8, place + 8 + length)
    if (name === 'data') return from + length <= end ? { format, from, to: from + length, end } : undefined
    place += 8 + even(length)
  }
  return undefined
}

const even = (length: number): number => length + (length & 1)

async function* asOne(path: string, pieces: readonly Piece[]): AsyncGenerator<Buffer> {
  const [first] = pieces as [Piece]
  for await (const head of createReadStream(path, { end: first.from - 1 }) as AsyncIterable<Buffer>) {
    // The header is shorter than a chunk.
    UNTOLD.copy(head, 4)
    UNTOLD.copy(head, first.from - 4)
    yield head
  }
  for (const { from, to } of pieces)
    if (to > from) yield* createReadStream(path, { start: from, end: to - 1 })
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
  return buffer.subarray(0, bytesRead)
}
