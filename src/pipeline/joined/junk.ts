/** What is wrong before a recording: ID3 tags that claim too much, and what a transfer left. */
import { type LocalFile, stretchOf } from '../ffmpeg.ts'
import { mediaError } from '../media-error.ts'
import { FileBytes } from './bytes.ts'
import { FRAMED, HEAD, KINDS, kindOf } from './kinds.ts'
import { afterTags, isId3, nextStart, tagLength } from './search.ts'

/**
 * The file without what keeps ffmpeg from its sound: an ID3 tag that claims more bytes than it has, since ffmpeg passes
 * over all of them, or junk before its first byte. Any other file as it is.
 * @throws MediaError `truncated`: nothing that can be heard lies behind the tag
 */
export async function withoutJunk(file: LocalFile): Promise<LocalFile> {
  const stretch = await stretchOf(file)
  const bytes = await FileBytes.open(stretch.path)
  try {
    const from = await behindJunk(bytes, stretch.from, stretch.to)
    if (from === stretch.from) return file
    if (from === undefined) throw mediaError('truncated')
    return { ...stretch, from }
  } finally {
    await bytes.close()
  }
}

/** Where the first recording begins that ffmpeg can read; undefined: nowhere. */
export async function behindJunk(bytes: FileBytes, from: number, to: number): Promise<number | undefined> {
  const head = await bytes.at(from, 10)
  if (!isId3(head)) return behindLeftovers(bytes, from)
  const end = from + tagLength(head)
  if (end < to && (await endsBeforeSound(bytes, from, end))) return from
  const next = await nextStart(bytes, KINDS, from, Math.min(end, to))
  if (next < Math.min(end, to)) return next
  return end < to ? from : undefined
}

/** What a transfer that went wrong leaves before a file: line ends, zeros, or the head of the answer that it came in. */
const LEFTOVERS = /^(?:HTTP\/1\.[01] \d{3} [\x20-\x7e\r\n\t]{0,8000}?\r\n\r\n|[\r\n\0]+)/
/** Bytes that are looked through for it. */
const SEARCHED = 64 * 1024

/** Where the file itself begins, if it is one that is known. */
async function behindLeftovers(bytes: FileBytes, from: number): Promise<number> {
  if (kindOf(await bytes.at(from, HEAD))) return from
  const [leftovers] = LEFTOVERS.exec((await bytes.at(from, SEARCHED)).toString('latin1')) ?? []
  if (!leftovers) return from
  const at = from + leftovers.length
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
