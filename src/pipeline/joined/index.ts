/**
 * Files that hold several recordings end to end, as made by `cat`, by recorders that append to a file, and by radio
 * streams. ffmpeg stops at the end of the first, or takes the next for more of the same. So each is decoded separately.
 */
import type { Stretch } from '../ffmpeg.ts'
import { mediaError } from '../media-error.ts'
import { FileBytes } from './bytes.ts'
import { HEAD, KINDS, type Kind, kindOf } from './kinds.ts'

/** The most recordings in a file: each starts two programs. */
const MOST = 1000
/** The most bytes between two recordings: tags, zeros. */
const LONGEST_TAG = 64 * 1024 * 1024

/** The recordings in a file, in order; none: the file is one recording. @throws MediaError `decode_failed`: too many */
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
  let last: Kind | undefined
  // Each damaged place of an MP3 is a round.
  for (let at = await afterTags(bytes, 0), rounds = 0; at < bytes.size && rounds <= MOST; rounds++) {
    const kind = kindOf(await bytes.at(at, HEAD))
    if (!kind) break
    if (kind !== last || !kind.readsOn) starts.push(at)
    last = kind
    at = await behind(bytes, kind, at)
  }
  return starts
}

/** Where the next recording starts; the file's size if there is none. */
async function behind(bytes: FileBytes, kind: Kind, from: number): Promise<number> {
  const told = await kind.end?.(bytes, from)
  if (told === undefined || (told > bytes.size && !kind.readsOn))
    return nextStart(bytes, kind.onlyOwn ? [kind] : KINDS, from)
  const at = await afterTags(bytes, Math.max(told, from + 1))
  return kindOf(await bytes.at(at, HEAD)) ? at : nextStart(bytes, KINDS, at - 1)
}

/** Searches the rest of the file. The file's size if there is none. */
async function nextStart(bytes: FileBytes, kinds: readonly Kind[], from: number): Promise<number> {
  for await (const { at, bytes: piece } of bytes.from(from + 1, HEAD)) {
    const found = Math.min(...kinds.map((each) => each.firstIn(piece)))
    if (found < piece.length) return at + found
  }
  return bytes.size
}

/** Skips tags and zeros. */
async function afterTags(bytes: FileBytes, from: number): Promise<number> {
  for (let at = from; ; ) {
    const head = await bytes.at(at, 32)
    const length = head.length < 32 ? 0 : (zeros(head) ?? tagLength(head))
    if (length === 0 || at + length - from > LONGEST_TAG) return at
    at += length
  }
}

/** Their number if all of these bytes are zeros, otherwise undefined. */
function zeros(head: Buffer): number | undefined {
  const first = head.findIndex((byte) => byte !== 0)
  // The length of an MP4 box starts with zeros.
  return first === -1 ? head.length : undefined
}

/** The length of an ID3 (v1 or v2) or APE tag. 0: there is none. */
function tagLength(head: Buffer): number {
  const name = head.toString('latin1', 0, 8)
  if (name.startsWith('ID3')) return 10 + [6, 7, 8, 9].reduce((sum, k) => sum * 128 + (head[k]! & 127), 0)
  if (name.startsWith('TAG')) return 128
  if (name !== 'APETAGEX') return 0
  // Its length includes the footer but not the header; either of them may be here.
  const isHeader = (head.readUInt32LE(20) & 0x2000_0000) !== 0
  return isHeader ? 32 + head.readUInt32LE(12) : 32
}
