/** Finds where recordings start in a file, and passes over the tags between them. */
import type { FileBytes } from './bytes.ts'
import { HEAD, type Kind } from './kinds.ts'

/** The most bytes between two recordings: tags, zeros. */
const LONGEST_TAG = 64 * 1024 * 1024

/**
 * Searches the rest of the file; a tag before a recording belongs to it. The file's size if there is none.
 * @param to what starts there or later is not asked for
 */
export async function nextStart(
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
export async function afterTags(bytes: FileBytes, from: number): Promise<number> {
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

/** How many tags are remembered. */
const MOST = 1000
const ID3 = Buffer.from('ID3')

/** Versions 2.2 to 2.4, and a length in four bytes of seven bits. */
export const isId3 = (head: Buffer): boolean =>
  head.length === 10 &&
  head.subarray(0, 3).equals(ID3) &&
  head[3]! >= 2 &&
  head[3]! <= 4 &&
  head.subarray(6).every((byte) => byte < 128)

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
export function tagLength(head: Buffer): number {
  const name = head.toString('latin1', 0, 8)
  if (name.startsWith('ID3')) return 10 + [6, 7, 8, 9].reduce((sum, k) => sum * 128 + (head[k]! & 127), 0)
  if (name.startsWith('TAG')) return 128
  if (name !== 'APETAGEX') return 0
  // Its length includes the footer but not the header; either of them may be here.
  const isHeader = (head.readUInt32LE(20) & 0x2000_0000) !== 0
  return isHeader ? 32 + head.readUInt32LE(12) : 32
}
