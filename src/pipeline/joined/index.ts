/**
 * Recordings put end to end, as `cat` does it, recorders that write a file in turns, and radios. ffmpeg stops where
 * the first says that it ends, or takes what follows for more of the same: each is read for itself.
 */
import type { Stretch } from '../ffmpeg.ts'
import { mediaError } from '../media-error.ts'
import { FileBytes } from './bytes.ts'
import { HEAD, KINDS, type Kind, kindOf } from './kinds.ts'

/** Recordings in a file: each takes two programs. */
const MOST = 1000
/** Bytes of what may stand between two: tags, zeros. */
const LONGEST_TAG = 64 * 1024 * 1024

/** Those in a file, in order; none: it is one recording. @throws MediaError `decode_failed`: too many */
export async function joinedIn(path: string): Promise<Stretch[]> {
  const bytes = await FileBytes.open(path)
  try {
    const starts = await startsIn(bytes)
    if (starts.length > MOST) throw mediaError('decode_failed')
    if (starts.length < 2) return []
    return starts.map((from, k) => ({ path, from: k === 0 ? 0 : from, to: starts[k + 1] ?? bytes.size }))
  } finally {
    await bytes.close()
  }
}

async function startsIn(bytes: FileBytes): Promise<number[]> {
  const starts: number[] = []
  for (let at = await afterTags(bytes, 0); at < bytes.size && starts.length <= MOST; ) {
    const kind = kindOf(await bytes.at(at, HEAD))
    if (!kind) break
    starts.push(at)
    at = await behind(bytes, kind, at)
  }
  return starts
}

/** Where the next begins; the file's size: none does. */
async function behind(bytes: FileBytes, kind: Kind, from: number): Promise<number> {
  const told = await kind.end?.(bytes, from)
  if (told === undefined || told > bytes.size) return nextStart(bytes, kind.onlyOwn ? [kind] : KINDS, from)
  const at = await afterTags(bytes, Math.max(told, from + 1))
  return kindOf(await bytes.at(at, HEAD)) ? at : nextStart(bytes, KINDS, at - 1)
}

/** Looked for in all that follows. The file's size: there is none. */
async function nextStart(bytes: FileBytes, kinds: readonly Kind[], from: number): Promise<number> {
  for await (const { at, bytes: piece } of bytes.from(from + 1, 2 * HEAD)) {
    const found = Math.min(...kinds.map((each) => firstIn(piece, each)))
    if (found < piece.length) return at + found
  }
  return bytes.size
}

/** Where in these bytes one of a kind begins; infinity: nowhere. */
function firstIn(bytes: Buffer, kind: Kind): number {
  const { magic, offset = 0 } = kind
  for (let found = bytes.indexOf(magic); found >= 0; found = bytes.indexOf(magic, found + 1)) {
    const start = found - offset
    if (start >= 0 && kindOf(bytes.subarray(start, start + HEAD), [kind])) return start
  }
  return Number.POSITIVE_INFINITY
}

/** Past tags and zeros. */
async function afterTags(bytes: FileBytes, from: number): Promise<number> {
  for (let at = from; ; ) {
    const head = await bytes.at(at, 32)
    const length = head.length < 32 ? 0 : (zeros(head) ?? tagLength(head))
    if (length === 0 || at + length - from > LONGEST_TAG) return at
    at += length
  }
}

/** How many these begin with; undefined: none. */
function zeros(head: Buffer): number | undefined {
  const first = head.findIndex((byte) => byte !== 0)
  // A box of an MP4 begins with the zeros of its length.
  return first === -1 ? head.length : undefined
}

/** ID3 of either version, and APE's. 0: it is none. */
function tagLength(head: Buffer): number {
  const name = head.toString('latin1', 0, 8)
  if (name.startsWith('ID3')) return 10 + [6, 7, 8, 9].reduce((sum, k) => sum * 128 + (head[k]! & 127), 0)
  if (name.startsWith('TAG')) return 128
  if (name !== 'APETAGEX') return 0
  // Its length counts the footer and not the header; either may be what stands here.
  const isHeader = (head.readUInt32LE(20) & 0x2000_0000) !== 0
  return isHeader ? 32 + head.readUInt32LE(12) : 32
}
