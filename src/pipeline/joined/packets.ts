/** MPEG transport streams: packets of one length, each with the same first byte. */
import type { FileBytes } from './bytes.ts'
import type { Walked } from './ends.ts'

const SYNC = 0x47
/** So many in a row are certain. */
const RUN = 16
/** Packets read at once. */
const READ = 256

/** @param before bytes before each packet: the time of its arrival, as cameras write it */
export function packets(before: 0 | 4) {
  const length = before + 188
  const runsAt = (bytes: Buffer, from: number): boolean => {
    for (let k = 0; k < RUN; k++) if (bytes[from + before + k * length] !== SYNC) return false
    return true
  }
  return {
    startsWith: (head: Buffer): boolean => runsAt(head, 0),
    firstIn: (bytes: Buffer): number => {
      for (let at = bytes.indexOf(SYNC, before); at >= 0; at = bytes.indexOf(SYNC, at + 1))
        if (runsAt(bytes, at - before)) return at - before
      return Number.POSITIVE_INFINITY
    },
    pieces: async (bytes: FileBytes, from: number): Promise<Walked> => {
      let end = from
      while (end < bytes.size) {
        const piece = await bytes.at(end, READ * length)
        for (let k = 0; k + before < piece.length; k += length, end += length)
          if (piece[k + before] !== SYNC) return { end, last: end - length }
        if (piece.length <= before) break
      }
      return { end, last: end - length }
    },
  }
}
