/**
 * Damaged MP4 of fragments. ffmpeg goes from box to box, so behind the first broken one everything is lost, although
 * each fragment says when it is heard. What is broken is called `free`, which ffmpeg passes over.
 */
import { type LocalFile, type Stretch, stretchOf } from '../ffmpeg.ts'
import { boxAt, startsWithBox } from '../joined/boxes.ts'
import { FileBytes } from '../joined/bytes.ts'
import type { Mended } from './mended.ts'
import { lostOf } from './mp4-lost.ts'
import { type Piece, piecesOf } from './mp4-pieces.ts'
import { readClocks } from './mp4-tracks.ts'
import { type Patch, patched } from './patched.ts'

/** The longest `moov` that is looked at. That of a fragmented file has no table of samples. */
const LONGEST_HEADER = 256 * 1024
/** Bytes of a box's header, and of one that is longer than 4 GB. */
const [HEADER, LONG_HEADER] = [8, 16]

/** Undefined: it is not MP4 of fragments, or nothing is broken. */
export async function mendedMp4(file: LocalFile): Promise<Mended | undefined> {
  const stretch = await stretchOf(file)
  const bytes = await FileBytes.open(stretch.path)
  try {
    const head = await bytes.at(stretch.from, 64)
    if (head.length < 64 || head.toString('latin1', 4, 8) !== 'ftyp' || !startsWithBox(head)) return undefined
    const clocks = await clocksOf(bytes, stretch)
    if (!clocks) return undefined
    const pieces = await piecesOf(bytes, stretch)
    const patches = patchesFor(pieces)
    if (patches.length === 0) return undefined
    return { bytes: () => patched(stretch, patches), silenced: () => [], ...lostOf(pieces, clocks) }
  } finally {
    await bytes.close()
  }
}

async function clocksOf(bytes: FileBytes, { from, to }: Stretch): Promise<Map<number, number> | undefined> {
  for (let at = from; at < to; ) {
    const box = await boxAt(bytes, at)
    if (!box || box.length < 8 || box.name === 'mdat' || box.name === 'moof') return undefined
    if (box.name === 'moov')
      return box.length <= LONGEST_HEADER
        ? readClocks((await bytes.at(at, box.length)).subarray(8))
        : undefined
    at += box.length
  }
  return undefined
}

/** Broken pieces side by side become one; what followed a fragment still holds its samples. */
function patchesFor(pieces: readonly Piece[]): Patch[] {
  const patches: Patch[] = []
  for (let k = 0; k < pieces.length; k++) {
    const { name, from } = pieces[k]!
    if (name !== 'broken') continue
    const samples = pieces[k - 1]?.fragment !== undefined
    while (!samples && isOfNoFragment(pieces[k + 1])) k++
    const length = pieces[k]!.to - from
    if (length >= HEADER) patches.push({ at: from, bytes: header(samples ? 'mdat' : 'free', length) })
  }
  return patches
}

const isOfNoFragment = (piece: Piece | undefined): boolean =>
  piece !== undefined && !piece.fragment && piece.name !== 'moov'

function header(name: string, length: number): Buffer {
  const isLong = length >= 2 ** 32
  const bytes = Buffer.alloc(isLong ? LONG_HEADER : HEADER)
  bytes.writeUInt32BE(isLong ? 1 : length, 0)
  bytes.write(name, 4, 'latin1')
  if (isLong) bytes.writeBigUInt64BE(BigInt(length), HEADER)
  return bytes
}
