/** MP4: boxes, each with its length and its name, and where they end. */
import type { FileBytes } from './bytes.ts'
import type { End } from './ends.ts'
import { FragmentSearch } from './fragments.ts'

const BOX_NAME = /^[\w \xa9-]{4}$/

/** The first box lists brands, and another box follows. */
export function startsWithBox(head: Buffer): boolean {
  const length = head.readUInt32BE(0)
  if (length < 16 || length > 1024 || length % 4 !== 0) return false
  return length + 8 > head.length || BOX_NAME.test(head.toString('latin1', length + 4, length + 8))
}

export interface Box {
  name: string
  length: number
}

/** Undefined: not a box. A length of 0 means up to the end of the file. */
export async function boxAt(bytes: FileBytes, at: number): Promise<Box | undefined> {
  const head = await bytes.at(at, 16)
  const name = head.toString('latin1', 4, 8)
  if (head.length < 8 || !BOX_NAME.test(name)) return undefined
  const short = head.readUInt32BE(0)
  const length = short === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : short
  // Any text looks like a box, so one that is cut off is accepted only if it holds the sound, or the table of it.
  const fits = length === 0 || (length >= 8 && at + length <= bytes.size)
  return fits || name === 'mdat' || name === 'moov' ? { name, length } : undefined
}

/** Boxes up to the next file. A broadcast that repeats its header before each fragment is one file. */
export async function boxesEnd(bytes: FileBytes, from: number): End {
  const search = new FragmentSearch(bytes)
  let fragment = 0
  let header = 0
  let at = from
  while (at < bytes.size) {
    const box = await boxAt(bytes, at)
    if (box && at > from && box.name === 'ftyp') {
      const next = await firstFragment(bytes, at)
      if (fragment === 0 || !next || next.number <= fragment || next.header !== header) return at
    }
    if (!box || isTooLong(bytes, at, box)) {
      const next = fragment > 0 ? await goesOn(search, at, bytes.size, fragment) : undefined
      if (next === undefined) return !box ? at : box.length === 0 ? undefined : at + box.length
      at = next
      continue
    }
    if (box.name === 'moov') header = box.length
    if (box.name === 'moof') fragment = await fragmentNumber(bytes, at)
    at += Math.max(8, box.length)
  }
  return at
}

const isTooLong = (bytes: FileBytes, at: number, { length }: Box): boolean =>
  length === 0 || at + length > bytes.size

/** Where a damaged file goes on; undefined: another one begins before that, or there are no more fragments. */
async function goesOn(
  search: FragmentSearch,
  at: number,
  to: number,
  last: number,
): Promise<number | undefined> {
  const next = await search.next(at + 1, to)
  return next && !next.otherFile && next.number > last ? next.from : undefined
}

/** Fragmented files: the first fragment, and the length of the header. */
async function firstFragment(
  bytes: FileBytes,
  from: number,
): Promise<{ number: number; header: number } | undefined> {
  let header = 0
  for (let at = from, box = await boxAt(bytes, at); box && box.length > 0 && box.name !== 'mdat'; ) {
    if (box.name === 'moof') return { number: await fragmentNumber(bytes, at), header }
    if (box.name === 'moov') header = box.length
    at += box.length
    box = await boxAt(bytes, at)
  }
  return undefined
}

/** In the first box of a `moof`. */
async function fragmentNumber(bytes: FileBytes, at: number): Promise<number> {
  const head = await bytes.at(at, 24)
  return head.length === 24 ? head.readUInt32BE(20) : 0
}
