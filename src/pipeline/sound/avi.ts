/**
 * Damaged AVI. Its chunks have no times, so what cannot be read makes all that follows come early. The index at the
 * end of the file says where each chunk was: their headers are written again from it, and what stood between broken
 * headers becomes silence.
 */
import { type LocalFile, type Stretch, stretchOf } from '../ffmpeg.ts'
import { FileBytes } from '../joined/bytes.ts'
import { type AviStream, readAviStreams } from './avi-streams.ts'
import type { Mended } from './mended.ts'
import { type Patch, patched } from './patched.ts'
import type { Span } from './timeline.ts'

const HEADER = 8
const ENTRY = 16
/** Bytes of the index that are read at once. */
const ENTRIES = 16 * 1024 * ENTRY
/** Entries: more are not believed. A film of four hours has a million. */
const MOST = 4_000_000
/** Entries that show what the index counts from. */
const LOOKED_AT = 50
/** Top-level chunks that are passed over to find the index. */
const MOST_CHUNKS = 1000

/** A chunk as the index has it. */
interface Entry {
  at: number
  /** Four letters, as a number. */
  id: number
  size: number
}

/** Undefined: it is not AVI, it has no index, or nothing is broken. */
export async function mendedAvi(file: LocalFile): Promise<Mended | undefined> {
  const stretch = await stretchOf(file)
  const bytes = await FileBytes.open(stretch.path)
  try {
    const found = await findLists(bytes, stretch)
    if (!found) return undefined
    const entries = await readIndex(bytes, stretch, found)
    const broken = await brokenOf(bytes, entries)
    // An index that fits hardly anywhere is not of this file.
    if (broken.size === 0 || broken.size > entries.length / 2) return undefined
    const streams = await readAviStreams(bytes, stretch.from)
    const patches = [...broken].flatMap((entry) => patchesFor(entry, streams[streamOf(entry)]))
    return {
      bytes: () => patched(stretch, patches),
      silenced: (stream) => spansOf(entries, broken, stream, streams[stream]),
    }
  } finally {
    await bytes.close()
  }
}

interface Lists {
  /** Where `movi` stands, from which most indexes count. */
  movi: number
  index: { from: number; length: number }
}

async function findLists(bytes: FileBytes, { from, to }: Stretch): Promise<Lists | undefined> {
  const head = (await bytes.at(from, 12)).toString('latin1')
  if (!head.startsWith('RIFF') || !head.endsWith('AVI ')) return undefined
  let movi: number | undefined
  for (let at = from + 12, k = 0; at + 12 <= to && k < MOST_CHUNKS; k++) {
    const chunk = await bytes.at(at, 12)
    const name = chunk.toString('latin1', 0, 4)
    const length = chunk.readUInt32LE(4)
    if (name === 'LIST' && chunk.toString('latin1', 8, 12) === 'movi') movi = at + HEADER
    if (name === 'idx1' && movi !== undefined)
      return { movi, index: { from: at + HEADER, length: Math.min(length, to - at - HEADER, MOST * ENTRY) } }
    at += HEADER + length + (length & 1)
  }
  return undefined
}

async function readIndex(bytes: FileBytes, { from }: Stretch, { movi, index }: Lists): Promise<Entry[]> {
  const all: Entry[] = []
  for (let at = 0; at + ENTRY <= index.length; at += ENTRIES) {
    const piece = await bytes.at(index.from + at, Math.min(ENTRIES, index.length - at))
    for (let k = 0; k + ENTRY <= piece.length; k += ENTRY)
      if (isChunk(piece, k))
        all.push({
          id: piece.readUInt32LE(k),
          at: piece.readUInt32LE(k + 8),
          size: piece.readUInt32LE(k + 12),
        })
  }
  const base = (await fits(bytes, all, movi)) >= (await fits(bytes, all, from)) ? movi : from
  return all
    .map((entry) => ({ ...entry, at: entry.at + base }))
    .filter(({ at, size }, k, placed) => at + HEADER + size <= (placed[k + 1]?.at ?? index.from - HEADER))
}

/** What a chunk may be: sound, pictures of two kinds, text. */
const KINDS = new Set(['wb', 'dc', 'db', 'tx'].map((kind) => Buffer.from(kind).readUInt16LE(0)))

/** Whether a chunk of a stream is named here: the stream's number in two digits, and what it is. */
const isChunk = (bytes: Buffer, at: number): boolean =>
  isDigit(bytes[at]!) && isDigit(bytes[at + 1]!) && KINDS.has(bytes.readUInt16LE(at + 2))
const isDigit = (code: number): boolean => code >= 48 && code <= 57
const streamOf = ({ id }: Entry): number => ((id & 255) - 48) * 10 + ((id >> 8) & 255) - 48

async function fits(bytes: FileBytes, entries: readonly Entry[], base: number): Promise<number> {
  let count = 0
  for (const entry of entries.slice(0, LOOKED_AT))
    if (isHeader(await bytes.at(entry.at + base, HEADER), entry)) count++
  return count
}

const isHeader = (bytes: Buffer, { id, size }: Entry): boolean =>
  bytes.length === HEADER && bytes.readUInt32LE(0) === id && bytes.readUInt32LE(4) === size

function headerOf({ id, size }: Entry): Buffer {
  const header = Buffer.alloc(HEADER)
  header.writeUInt32LE(id, 0)
  header.writeUInt32LE(size, 4)
  return header
}

async function brokenOf(bytes: FileBytes, entries: readonly Entry[]): Promise<Set<Entry>> {
  const broken = new Set<Entry>()
  for (const entry of entries)
    if (!isHeader(bytes.held(entry.at, HEADER) ?? (await bytes.at(entry.at, HEADER)), entry))
      broken.add(entry)
  return broken
}

/** Of pictures only the header is of interest: they are not decoded. */
function patchesFor(entry: Entry, stream: AviStream | undefined): Patch[] {
  const header = { at: entry.at, bytes: headerOf(entry) }
  if (!stream?.isSound) return [header]
  return [header, { at: entry.at + HEADER, bytes: Buffer.alloc(entry.size, stream.silence) }]
}

/** When the broken chunks of a stream would have been heard. */
function spansOf(
  entries: readonly Entry[],
  broken: ReadonlySet<Entry>,
  number: number,
  stream: AviStream | undefined,
): Span[] {
  const spans: Span[] = []
  let time = 0
  for (const entry of entries) {
    if (!stream || streamOf(entry) !== number) continue
    const start = time
    time += stream.secondsOf(entry.size)
    if (broken.has(entry)) spans.push({ start, end: time })
  }
  return spans
}
