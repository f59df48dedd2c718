/** Fragments of MP4: a `moof` says where and when the samples are heard that lie in the boxes behind it. */
import type { FileBytes } from './bytes.ts'

export interface Fragment {
  /** They count upwards. */
  number: number
  tracks: FragmentTrack[]
}

export interface FragmentTrack {
  id: number
  /** When it begins, in the track's own unit; undefined: where the one before it ended. */
  start: bigint | undefined
  /** How long it is, in the same unit; undefined: it does not say. */
  length: number | undefined
  /** Bytes of its samples, as far as it says. */
  bytes: number
}

/** The longest `moof` that is believed. One of ten minutes of sound and pictures has half a megabyte. */
const LONGEST = 512 * 1024

/** Undefined: what starts there is no `moof`, or a broken one. */
export async function fragmentAt(bytes: FileBytes, at: number): Promise<Fragment | undefined> {
  const head = await bytes.at(at, 8)
  if (head.length < 8 || head.toString('latin1', 4, 8) !== 'moof') return undefined
  const length = head.readUInt32BE(0)
  if (length < 24 || length > LONGEST || at + length > bytes.size) return undefined
  return readFragment((await bytes.at(at, length)).subarray(8))
}

const NAME = Buffer.from('moof')

/** Broken ones that are looked at in one file. */
const MOST_BROKEN = 2000

export class FragmentSearch {
  #broken = 0
  readonly #bytes: FileBytes

  constructor(bytes: FileBytes) {
    this.#bytes = bytes
  }

  /** The next one, and whether another file begins before it. */
  async next(
    from: number,
    to: number,
  ): Promise<{ from: number; number: number; otherFile: boolean } | undefined> {
    let otherFile = false
    for await (const { at, bytes: piece } of this.#bytes.from(from, 8)) {
      for (let found = piece.indexOf(NAME); found >= 0; found = piece.indexOf(NAME, found + 1)) {
        const start = at + found - 4
        if (start >= to) return undefined
        const fragment = start >= from ? await fragmentAt(this.#bytes, start) : undefined
        otherFile ||= piece.subarray(0, found).includes('ftyp')
        if (fragment) return { from: start, number: fragment.number, otherFile }
        if (++this.#broken > MOST_BROKEN) return undefined
      }
      otherFile ||= piece.includes('ftyp')
    }
    return undefined
  }
}

interface Child {
  name: string
  content: Buffer
}

/** The boxes that fill these bytes; undefined: something else is among them. */
export function childrenOf(bytes: Buffer): Child[] | undefined {
  const children: Child[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = at + 8 <= bytes.length ? bytes.readUInt32BE(at) : 0
    if (length < 8 || at + length > bytes.length) return undefined
    children.push({
      name: bytes.toString('latin1', at + 4, at + 8),
      content: bytes.subarray(at + 8, at + length),
    })
    at += length
  }
  return children
}

function readFragment(content: Buffer): Fragment | undefined {
  const children = childrenOf(content)
  const first = children?.[0]
  if (!children || first?.name !== 'mfhd' || first.content.length !== 8) return undefined
  const tracks: FragmentTrack[] = []
  for (const { name, content } of children) {
    const track = name === 'traf' ? readTrack(content) : undefined
    if (name === 'traf' && !track) return undefined
    if (track) tracks.push(track)
  }
  return { number: first.content.readUInt32BE(4), tracks }
}

function readTrack(content: Buffer): FragmentTrack | undefined {
  const children = childrenOf(content)
  const header = children?.find(({ name }) => name === 'tfhd')?.content
  if (!children || !header || header.length < 8) return undefined
  const usual = readUsual(header)
  const track: FragmentTrack = { id: header.readUInt32BE(4), start: undefined, length: 0, bytes: 0 }
  for (const { name, content } of children) {
    if (name === 'tfdt') track.start = readStart(content)
    if (name !== 'trun') continue
    const run = readRun(content, usual)
    if (!run) return undefined
    track.bytes += run.bytes
    track.length =
      track.length === undefined || run.length === undefined ? undefined : track.length + run.length
  }
  return track
}

/** What holds for the samples of which nothing else is said. */
interface Usual {
  length: number | undefined
  bytes: number | undefined
}

const flagsOf = (content: Buffer): number => content.readUInt32BE(0) & 0xff_ffff

function readUsual(header: Buffer): Usual {
  const flags = flagsOf(header)
  let at = 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0)
  const next = (): number | undefined => {
    at += 4
    return at <= header.length ? header.readUInt32BE(at - 4) : undefined
  }
  return { length: flags & 8 ? next() : undefined, bytes: flags & 16 ? next() : undefined }
}

const readStart = (content: Buffer): bigint | undefined =>
  content[0] === 1
    ? content.length === 12
      ? content.readBigUInt64BE(4)
      : undefined
    : content.length === 8
      ? BigInt(content.readUInt32BE(4))
      : undefined

const [DATA_OFFSET, FIRST_FLAGS] = [1, 4]
const [LENGTH, SIZE, FLAGS, SHIFT] = [0x100, 0x200, 0x400, 0x800]

/** Undefined: it has not the length that follows from its number of samples. */
function readRun(content: Buffer, usual: Usual): { bytes: number; length: number | undefined } | undefined {
  if (content.length < 8) return undefined
  const flags = flagsOf(content)
  const count = content.readUInt32BE(4)
  const each = 4 * [LENGTH, SIZE, FLAGS, SHIFT].filter((flag) => flags & flag).length
  const before = 8 + (flags & DATA_OFFSET ? 4 : 0) + (flags & FIRST_FLAGS ? 4 : 0)
  if (content.length !== before + count * each) return undefined
  const sum = (flag: number, usual: number | undefined): number | undefined => {
    if (!(flags & flag)) return usual === undefined ? undefined : usual * count
    let all = 0
    for (let at = before + (flag === SIZE && flags & LENGTH ? 4 : 0); at < content.length; at += each)
      all += content.readUInt32BE(at)
    return all
  }
  return { bytes: sum(SIZE, usual.bytes) ?? 0, length: sum(LENGTH, usual.length) }
}
