/**
 * Files that hold several recordings end to end, as made by `cat`, by recorders that append to a file, and by radio
 * streams. ffmpeg stops at the end of the first, or takes the next for more of the same. So each is decoded separately.
 */
import { type LocalFile, type Stretch, stretchOf } from '../ffmpeg.ts'
import { mediaError } from '../media-error.ts'
import { FileBytes } from './bytes.ts'
import { FRAMED, HEAD, KINDS, type Kind, kindOf, kindsBehind, kindsIn } from './kinds.ts'

/** The most recordings in a file: each starts two programs. */
const MOST = 1000
/** The most bytes between two recordings: tags, zeros. */
const LONGEST_TAG = 64 * 1024 * 1024

export interface Recording extends Stretch {
  /** It stops in the middle of a piece. */
  cut: boolean
}

/** The recordings in a file, in order; there is at least one. @throws MediaError `decode_failed`: too many */
export async function recordingsIn(path: string): Promise<Recording[]> {
  const bytes = await FileBytes.open(path)
  try {
    const begin = (await behindFalseTag(bytes, 0, bytes.size)) ?? 0
    const found = await recordings(bytes, begin)
    if (found.length > MOST) throw mediaError('decode_failed')
    if (found.length === 0) return [{ path, from: begin, to: bytes.size, cut: false }]
    return found.map(({ from, cut }, k) => {
      return { path, from: k === 0 ? begin : from, to: found[k + 1]?.from ?? bytes.size, cut }
    })
  } finally {
    await bytes.close()
  }
}

/**
 * The file without an ID3 tag that claims more bytes than it has (ffmpeg passes over all of them, and over what sound is
 * among them), or rubbish before it. Any other file as it is. @throws MediaError `truncated`: nothing that can be heard lies behind the tag
 */
export async function withoutFalseTag(file: LocalFile): Promise<LocalFile> {
  const stretch = await stretchOf(file)
  const bytes = await FileBytes.open(stretch.path)
  try {
    const from = await behindFalseTag(bytes, stretch.from, stretch.to)
    if (from === stretch.from) return file
    if (from === undefined) throw mediaError('truncated')
    return { ...stretch, from }
  } finally {
    await bytes.close()
  }
}

/** Where the first recording begins that ffmpeg can read; undefined: nowhere. */
async function behindFalseTag(bytes: FileBytes, from: number, to: number): Promise<number | undefined> {
  const head = await bytes.at(from, 10)
  if (!isId3(head)) return behindRubbish(bytes, from)
  const end = from + tagLength(head)
  if (end < to && (await endsBeforeSound(bytes, from, end))) return from
  const next = await nextStart(bytes, KINDS, from, Math.min(end, to))
  if (next < Math.min(end, to)) return next
  return end < to ? from : undefined
}

/** What a transfer that went wrong leaves before a file: line ends, zeros, or the head of the answer that it came in. */
const RUBBISH = /^(?:HTTP\/1\.[01] \d{3} [\x20-\x7e\r\n\t]{0,8000}?\r\n\r\n|[\r\n\0]+)/
/** Bytes that are looked through for it. */
const SEARCHED = 64 * 1024

/** Where the file itself begins, if it is one that is known. */
async function behindRubbish(bytes: FileBytes, from: number): Promise<number> {
  if (kindOf(await bytes.at(from, HEAD))) return from
  const [rubbish] = RUBBISH.exec((await bytes.at(from, SEARCHED)).toString('latin1')) ?? []
  if (!rubbish) return from
  const at = from + rubbish.length
  // Up to three zeros more are those with which the length of an MP4's first box begins.
  for (const start of [at, at - 1, at - 2, at - 3])
    if (start > from && kindOf(await bytes.at(start, HEAD))) return start
  return from
}

/** What a tag that claims too much ends in: frames. Bytes. */
const TAIL = 8192

/** Whether a recording starts where a tag says that it ends, and no frames are before it. */
async function endsBeforeSound(bytes: FileBytes, from: number, end: number): Promise<boolean> {
  if (!kindOf(await bytes.at(await afterTags(bytes, end), HEAD))) return false
  return (await nextStart(bytes, FRAMED, Math.max(from, end - TAIL), end)) >= end
}

/** Versions 2.2 to 2.4, and a length in four bytes of seven bits. */
const isId3 = (head: Buffer): boolean =>
  head.length === 10 &&
  head.subarray(0, 3).equals(ID3) &&
  head[3]! >= 2 &&
  head[3]! <= 4 &&
  head.subarray(6).every((byte) => byte < 128)

interface Found {
  from: number
  kind: Kind
  /** See `Kind`. */
  like: number | undefined
  cut: boolean
}

async function recordings(bytes: FileBytes, begin: number): Promise<Found[]> {
  const all: Found[] = []
  // Each damaged place of an MP3 is a round.
  for (let at = begin, rounds = 0; at < bytes.size && rounds <= MOST; rounds++) {
    const start = await afterTags(bytes, at)
    const kind = kindOf(await bytes.at(start, HEAD))
    if (!kind) break
    const like = await kind.like?.(bytes, start)
    const { next, cut } = await behind(bytes, kind, start)
    const last = all.at(-1)
    if (last && goesOn(last, kind, like)) Object.assign(last, { cut, like: last.like ?? like })
    else all.push({ from: at, kind, like, cut })
    at = next
  }
  return all
}

const goesOn = (last: Found, kind: Kind, like: number | undefined): boolean =>
  kind === last.kind &&
  kind.readsOn === true &&
  (like === undefined || last.like === undefined || like === last.like)

/** Where the next recording starts; the file's size if there is none. */
async function behind(bytes: FileBytes, kind: Kind, from: number): Promise<{ next: number; cut: boolean }> {
  const walked = await kind.pieces?.(bytes, from)
  const told = walked?.end ?? (await kind.end?.(bytes, from))
  if (told === undefined || (told > bytes.size && !walked)) {
    const kinds = kindsIn(kind, await bytes.at(from, HEAD))
    return { next: await nextStart(bytes, kinds, from), cut: false }
  }
  if (told === bytes.size) return { next: told, cut: false }
  const at = await afterTags(bytes, Math.max(told, from + 1))
  if (kindOf(await bytes.at(at, HEAD))) return { next: at, cut: false }
  // The last piece may have been cut off by what follows.
  const next = await nextStart(bytes, kindsBehind(kind), walked ? Math.max(from, walked.last) : at - 1)
  return { next, cut: walked !== undefined && next < walked.end }
}

/**
 * Searches the rest of the file; a tag before a recording belongs to it. The file's size if there is none.
 * @param to what starts there or later is not asked for
 */
async function nextStart(
  bytes: FileBytes,
  kinds: readonly Kind[],
  from: number,
  to = bytes.size,
): Promise<number> {
  const tags = new Tags()
  for await (const { at, bytes: piece } of bytes.from(from + 1, HEAD)) {
    if (at >= to) break
    const found = Math.min(...kinds.map((each) => each.firstIn(piece)))
    tags.look(piece.subarray(0, found), at)
    if (found < piece.length) return tags.endingAt(at + found) ?? at + found
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

const ID3 = Buffer.from('ID3')

/** ID3 tags by where they end. What looks like one may be sound, so they count only if a recording follows. */
class Tags {
  readonly #starts = new Map<number, number>()

  look(bytes: Buffer, from: number): void {
    for (let at = bytes.indexOf(ID3); at >= 0 && at + 10 <= bytes.length; at = bytes.indexOf(ID3, at + 1)) {
      if (this.#starts.size === MOST) this.#starts.clear()
      this.#starts.set(from + at + tagLength(bytes.subarray(at)), from + at)
    }
  }

  endingAt(end: number): number | undefined {
    return this.#starts.get(end)
  }
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
