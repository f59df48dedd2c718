/**
 * Files that hold several recordings end to end, as made by `cat`, by recorders that append to a file, and by radio
 * streams. ffmpeg stops at the end of the first, or takes the next for more of the same. So each is decoded separately.
 */
import type { Stretch } from '../ffmpeg.ts'
import { mediaError } from '../media-error.ts'
import { FileBytes } from './bytes.ts'
import { behindJunk } from './junk.ts'
import { HEAD, type Kind, kindOf, kindsBehind, kindsIn } from './kinds.ts'
import { afterTags, nextStart } from './search.ts'

/** The most recordings in a file: each starts two programs. */
const MOST = 1000

export interface Recording extends Stretch {
  /** It stops in the middle of a piece. */
  cut: boolean
}

/** The recordings in a file, in order; there is at least one. @throws MediaError `decode_failed`: too many */
export async function recordingsIn(path: string): Promise<Recording[]> {
  const bytes = await FileBytes.open(path)
  try {
    const begin = (await behindJunk(bytes, 0, bytes.size)) ?? 0
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
