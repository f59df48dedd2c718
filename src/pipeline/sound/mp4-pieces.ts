/** The boxes of a fragmented MP4 and what is broken between them. */
import type { Stretch } from '../ffmpeg.ts'
import { boxAt } from '../joined/boxes.ts'
import type { FileBytes } from '../joined/bytes.ts'
import { type Fragment, FragmentSearch, fragmentAt } from '../joined/fragments.ts'

/** The most boxes side by side: ten a second for a day. */
const MOST = 1_000_000
/** The longest index that is looked at. */
const LONGEST_INDEX = 256 * 1024

/** What stands side by side in a file. */
const SIDE_BY_SIDE = new Set([
  ...['ftyp', 'styp', 'moov', 'moof', 'mdat', 'sidx', 'ssix', 'emsg', 'prft', 'free', 'skip', 'wide'],
  ...['uuid', 'mfra', 'meta', 'pdin', 'pssh', 'udta'],
])

export interface Piece {
  /** `broken`: nothing that can be read. */
  name: string
  from: number
  to: number
  fragment?: Fragment | undefined
}

/** All there is, end to end. What does not fit in with the rest counts as broken. */
export const piecesOf = async (bytes: FileBytes, stretch: Stretch): Promise<Piece[]> =>
  withoutScraps(outOfOrder(await readPieces(bytes, stretch)))

async function readPieces(bytes: FileBytes, { from, to }: Stretch): Promise<Piece[]> {
  const search = new FragmentSearch(bytes)
  const pieces: Piece[] = []
  for (let at = from; at < to && pieces.length < MOST; ) {
    const piece = await pieceAt(bytes, at, to)
    if (piece && (await fits(bytes, piece, to))) {
      pieces.push(piece)
      at = piece.to
      continue
    }
    const next = (await search.next(at + 1, to))?.from ?? to
    if (piece && next === to && piece.to > to) return [...pieces, { ...piece, to }]
    // What is broken is this one, if a fragment lies inside it or its samples reach beyond it, and else what follows it.
    const whole = piece && piece.to <= next && !pieces.at(-1)?.fragment ? piece : undefined
    if (whole) pieces.push({ ...whole, to: Math.min(whole.to, next) })
    const broken = whole?.to ?? at
    if (broken < next) pieces.push({ name: 'broken', from: broken, to: next })
    at = next
  }
  return pieces
}

/** Whether it ends where the file does, or another one begins there. */
const fits = async (bytes: FileBytes, piece: Piece, to: number): Promise<boolean> =>
  piece.to === to || (piece.to < to && (await pieceAt(bytes, piece.to, to)) !== undefined)

/** Undefined: it is broken. */
async function pieceAt(bytes: FileBytes, at: number, to: number): Promise<Piece | undefined> {
  const box = await boxAt(bytes, at)
  if (!box || !SIDE_BY_SIDE.has(box.name)) return undefined
  const piece = {
    name: box.name,
    from: at,
    to: box.length === 0 ? Number.POSITIVE_INFINITY : at + box.length,
  }
  if (box.name === 'sidx' && !(await isIndex(bytes, piece, to))) return undefined
  if (box.name !== 'moof') return piece
  const fragment = await fragmentAt(bytes, at)
  return fragment && { ...piece, fragment }
}

/** Whether an index speaks of bytes that there are. ffmpeg believes it, and leaps to where it says. */
async function isIndex(bytes: FileBytes, { from, to }: Piece, end: number): Promise<boolean> {
  if (to - from > LONGEST_INDEX || to > end) return false
  const index = await bytes.at(from, to - from)
  const [offset, table] = index[8] === 1 ? [28, 40] : [24, 32]
  if (index.length < table || index.length !== table + 12 * index.readUInt16BE(table - 2)) return false
  let at = to + (index[8] === 1 ? Number(index.readBigUInt64BE(offset)) : index.readUInt32BE(offset))
  for (let k = table; k < index.length; k += 12) {
    const length = index.readUInt32BE(k) & 0x7fff_ffff
    at += length
    if (length === 0 || at > end) return false
  }
  return true
}

/** The rest of a file that was not saved to its end is no damage. */
function withoutScraps(pieces: Piece[]): Piece[] {
  const fragments = pieces.filter(({ fragment }) => fragment)
  const last = pieces.at(-1)
  if (last?.name !== 'broken' || fragments.length < 2) return pieces
  const usual = (fragments.at(-1)!.from - fragments[0]!.from) / (fragments.length - 1)
  return last.to - last.from < usual / 2 ? pieces.slice(0, -1) : pieces
}

/** Fragments that have more samples than there are bytes, or a time that those around them do not allow, are broken. */
function outOfOrder(pieces: readonly Piece[]): Piece[] {
  const fragments = pieces.filter(({ fragment }) => fragment)
  const broken = new Set<Piece>()
  let [next, behind]: (Fragment | undefined)[] = []
  // From the last one on, so that what is behind is known to be in order.
  for (let k = fragments.length - 1; k >= 0; k--) {
    const { to, fragment } = fragments[k]!
    const samples = fragment!.tracks.reduce((sum, { bytes }) => sum + bytes, 0)
    const isOverfull = k + 1 < fragments.length && samples > fragments[k + 1]!.from - to
    if (isOverfull || isOutOfTime(fragment!, [fragments[k - 1]?.fragment, next, behind]))
      broken.add(fragments[k]!)
    else [next, behind] = [fragment, next]
  }
  return pieces.map((piece) =>
    broken.has(piece) ? { ...piece, name: 'broken', fragment: undefined } : piece,
  )
}

/** Only where the others are in order: a broadcast may begin anew. @param others the one before, and the two behind */
function isOutOfTime({ tracks }: Fragment, others: readonly (Fragment | undefined)[]): boolean {
  return tracks.some(({ id, start, length }) => {
    const [before, next, behind] = others.map((each) => each?.tracks.find((track) => track.id === id)?.start)
    if (start === undefined || next === undefined) return false
    if (before === undefined) return behind !== undefined && next <= behind && start > next
    if (before > next) return false
    return start < before || start > next || start + BigInt(length ?? 0) > next + (next - before)
  })
}
