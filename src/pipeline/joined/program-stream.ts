/** MPEG program streams (.mpg, .vob): packs of packets. */
import type { FileBytes } from './bytes.ts'
import type { Walked } from './ends.ts'

const PACK = 0xba
const END = 0xb9
/** Headers and packets have higher codes. */
const FIRST_PACKET = 0xbb
const PRIVATE = 0xbd
/** Packets in which the first sound is looked for: pictures of a second come before it. */
const LOOKED_THROUGH = 1000
/** Bytes that are looked at of each. */
const HEADER = 16

/** Whether a pack starts here, with a packet or another header behind it. */
export function startsWithPack(head: Buffer): boolean {
  const length = codeAt(head) === PACK ? packLength(head) : undefined
  return length !== undefined && codeAt(head.subarray(length)) >= END
}

/** The code that starts here; -1: none. */
function codeAt(bytes: Buffer): number {
  return bytes.length >= 4 && bytes.readUIntBE(0, 3) === 1 ? bytes[3]! : -1
}

/** In MPEG-2 and in MPEG-1. */
function packLength(head: Buffer): number | undefined {
  if (head.length < HEADER) return undefined
  if ((head[4]! & 0xc4) === 0x44) return 14 + (head[13]! & 7)
  return (head[4]! & 0xf1) === 0x21 ? 12 : undefined
}

function pieceLength(head: Buffer): number | undefined {
  const code = codeAt(head)
  if (code === PACK) return packLength(head)
  if (code === END) return 4
  return code >= FIRST_PACKET && head.length >= 6 ? 6 + head.readUInt16BE(4) : undefined
}

/** Up to where its clock begins anew with another sound, or a piece is broken. */
export async function packsEnd(bytes: FileBytes, from: number): Promise<Walked> {
  let last = from
  let clock = 0
  for (let at = from; ; ) {
    const head = await bytes.at(at, HEADER)
    const length = pieceLength(head)
    if (length === undefined) return { end: at, last }
    if (codeAt(head) === PACK) {
      const before = clock
      clock = clockOf(head)
      if (clock < before && !(await goesOn(bytes, from, at))) return { end: at, last }
    }
    last = at
    at += length
  }
}

/** What follows with the same sound is decoded as one: the parts of a film each have a clock of their own. */
async function goesOn(bytes: FileBytes, from: number, at: number): Promise<boolean> {
  const [own, next] = [await firstSound(bytes, from), await firstSound(bytes, at)]
  return own === undefined || next === undefined || own === next
}

/** Of a pack, without the lowest bits. */
const clockOf = (head: Buffer): number =>
  (head[4]! & 0xc0) === 0x40
    ? ((head[4]! >> 3) & 7) * 2 ** 15 + (head[4]! & 3) * 2 ** 13 + head[5]! * 2 ** 5 + (head[6]! >> 3)
    : ((head[4]! >> 1) & 7) * 2 ** 15 + (head.readUInt16BE(5) >> 1)

/** The number of the first stream of sound; undefined: there is none near. */
export async function firstSound(bytes: FileBytes, from: number): Promise<number | undefined> {
  for (let at = from, k = 0; k < LOOKED_THROUGH; k++) {
    const head = await bytes.at(at, HEADER + 255)
    const length = pieceLength(head)
    if (length === undefined) return undefined
    const code = codeAt(head)
    if (code >= 0xc0 && code <= 0xdf) return code
    // AC-3, DTS or samples: which of them, the first byte behind the header says.
    if (code === PRIVATE && (head[6]! & 0xc0) === 0x80) return PRIVATE * 256 + (head[9 + head[8]!] ?? 0)
    at += length
  }
  return undefined
}
