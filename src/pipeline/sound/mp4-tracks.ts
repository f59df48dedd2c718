/** What the `moov` of a fragmented MP4 says of its tracks. */
import { childrenOf } from '../joined/fragments.ts'

/** By the number of a track: how many units of its clock a second has. Undefined: it is broken, or not fragmented. */
export function readClocks(moov: Buffer): Map<number, number> | undefined {
  const children = childrenOf(moov)
  if (!children?.some(({ name }) => name === 'mvex')) return undefined
  const clocks = new Map<number, number>()
  for (const { name, content } of children) {
    const track = name === 'trak' ? readClock(content) : undefined
    if (track) clocks.set(track.id, track.unitsPerSecond)
  }
  return clocks
}

function readClock(trak: Buffer): { id: number; unitsPerSecond: number } | undefined {
  const header = named(trak, 'tkhd')
  const media = named(trak, 'mdia')
  const clock = media && named(media, 'mdhd')
  if (!header || !clock) return undefined
  // In version 1 two times of eight bytes come before it, in version 0 two of four.
  const [id, units] = [header, clock].map((box) => {
    const at = box[0] === 1 ? 20 : 12
    return at + 4 <= box.length ? box.readUInt32BE(at) : 0
  })
  return id && units ? { id, unitsPerSecond: units } : undefined
}

const named = (bytes: Buffer, wanted: string): Buffer | undefined =>
  childrenOf(bytes)?.find(({ name }) => name === wanted)?.content
