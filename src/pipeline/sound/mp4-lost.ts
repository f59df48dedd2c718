/** How much sound a damaged MP4 has lost at its ends. What is lost in the middle shows in the times of the fragments. */
import type { Piece } from './mp4-pieces.ts'

/** Units a second, by the number of the track. */
type Clocks = ReadonlyMap<number, number>

export interface Lost {
  /** Seconds at its beginning. */
  before: number
  /** When it would have ended, in seconds, if its end is lost. */
  end: number | undefined
}

export function lostOf(pieces: readonly Piece[], clocks: Clocks): Lost {
  const rate = bytesPerSecond(pieces, clocks)
  const first = pieces.findIndex(({ fragment }) => fragment)
  const last = pieces.findLast(({ fragment }) => fragment)
  const begins = first < 0 ? undefined : spanOf(pieces[first]!, clocks)?.start
  const ends = last && spanOf(last, clocks)?.end
  if (rate === undefined || begins === undefined || ends === undefined) return { before: 0, end: undefined }
  const broken = pieces.slice(0, first).find(({ name }) => name === 'broken')
  const before = broken ? beginning(begins, (pieces[first]!.from - broken.from) / rate) : 0
  const tail = pieces.at(-1)!
  if (tail.name !== 'broken') return { before, end: undefined }
  const lost = Math.max(0, tail.to - samplesEnd(last!)) / rate
  // The first samples may be told of in the header.
  const hasEarlier = pieces.slice(0, first).some(({ name }) => name === 'mdat')
  return { before, end: ends - (hasEarlier ? 0 : begins - before) + lost }
}

/** A recording begins at zero if that is likely, but a piece of a broadcast at any time. */
const beginning = (start: number, lost: number): number => (start <= 2 * lost ? start : lost)

/** In the fragments with another one right behind them. */
function bytesPerSecond(pieces: readonly Piece[], clocks: Clocks): number | undefined {
  let [bytes, seconds] = [0, 0]
  let last: Piece | undefined
  for (const piece of pieces) {
    if (piece.name === 'broken') last = undefined
    if (!piece.fragment) continue
    const [from, to] = [last, piece].map((each) => each && spanOf(each, clocks)?.start)
    if (last && from !== undefined && to !== undefined && to > from) {
      bytes += piece.from - last.from
      seconds += to - from
    }
    last = piece
  }
  return seconds > 0 ? bytes / seconds : undefined
}

const samplesEnd = ({ to, fragment }: Piece): number =>
  fragment!.tracks.reduce((sum, { bytes }) => sum + bytes, to)

/** When the first of its tracks begins, and the last ends. Undefined: it does not say. */
function spanOf({ fragment }: Piece, clocks: Clocks): { start: number; end: number } | undefined {
  const spans = fragment!.tracks.flatMap(({ id, start, length = 0 }) => {
    const clock = clocks.get(id)
    return clock && start !== undefined ? [[Number(start) / clock, (Number(start) + length) / clock]] : []
  })
  if (spans.length === 0) return undefined
  return {
    start: Math.min(...spans.map(([start]) => start!)),
    end: Math.max(...spans.map(([, end]) => end!)),
  }
}
