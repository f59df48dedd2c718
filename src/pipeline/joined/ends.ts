/**
 * For each file format: where a file ends by its own headers, and which bytes certainly begin one. Undefined: the headers
 * do not say, or cannot be right; then the next beginning is searched for.
 */
import type { FileBytes } from './bytes.ts'
import { CAF, chunks, WAVE } from './chunks.ts'

export type End = Promise<number | undefined>

/** How far a recording goes that is nothing but pieces, each with its own length. */
export interface Walked {
  /** Behind the last piece, which may be cut off. */
  end: number
  /** Where the last piece starts. */
  last: number
}

const text = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to)
const even = (length: number): number => length + (length & 1)
/** The length that writers leave if they cannot seek back to fill it in. */
export const untold = (length: number): boolean => length === 0 || length >= 0x7fff_ff00

const EBML = 0x1a45dfa3
const SEGMENT = 0x18538067

export const isEbml = (head: Buffer): boolean => head.includes('webm') || head.includes('matroska')

/** What a file without lengths (as a browser records it) consists of, beside `SEGMENT`: the parts of it and of its clusters. */
const CLUSTER = 0x1f43b675
const PARTS = new Set([
  ...[CLUSTER, 0x114d9b74, 0x1549a966, 0x1654ae6b, 0x1c53bb6b, 0x1254c367, 0x1043a770, 0x1941a469],
  ...[0xe7, 0xa3, 0xa0, 0xa7, 0xab, 0xec, 0xbf, 0x5854],
])

export const ebmlEnd = async (bytes: FileBytes, from: number): End => (await walkEbml(bytes, from))?.end

/** Of a file without lengths. Undefined: it says itself how long it is. */
export async function ebmlPieces(bytes: FileBytes, from: number): Promise<Walked | undefined> {
  const walked = await walkEbml(bytes, from)
  return walked?.open ? walked : undefined
}

async function walkEbml(bytes: FileBytes, from: number): Promise<(Walked & { open: boolean }) | undefined> {
  let open = false
  let at = from
  let last = from
  while (at < bytes.size) {
    const head = await bytes.at(at, 12)
    const length = ebmlLength(head)
    if (head.length < 12 || length > 4) break
    const id = head.readUIntBE(0, length)
    const isPart = open && PARTS.has(id)
    if ((id !== EBML && id !== SEGMENT && !isPart) || (id === EBML && at > from)) break
    const size = ebmlSize(head.subarray(length))
    if (size.value === undefined && id !== SEGMENT && id !== CLUSTER) return undefined
    open ||= size.value === undefined
    last = at
    at += length + size.bytes
    // A cluster that is cut off is gone into, up to the block that is.
    if (id !== CLUSTER || at + (size.value ?? 0) <= bytes.size) at += size.value ?? 0
  }
  return { end: at, last, open }
}

/** Bytes of a number that starts here; more than 8: it is none. */
const ebmlLength = (bytes: Buffer): number => Math.clz32(bytes[0] ?? 0) - 23

/** Without a value: it goes on until something else starts. */
function ebmlSize(bytes: Buffer): { bytes: number; value: number | undefined } {
  const length = ebmlLength(bytes)
  let value = bytes[0]! & (0xff >> length)
  let isUntold = value === 0xff >> length
  for (const byte of bytes.subarray(1, length)) {
    value = value * 256 + byte
    isUntold &&= byte === 0xff
  }
  return { bytes: length, value: isUntold || length > 8 ? undefined : value }
}

const PCM = new Set([1, 3, 6, 7])
const EXTENSIBLE = 0xfffe

/** Whether these first bytes are of a WAV that holds samples, and nothing that has frames of its own. */
export function isPcmWave(head: Buffer): boolean {
  const format = head.indexOf('fmt ')
  if (text(head, 8, 12) !== 'WAVE' || format < 0 || format + 34 > head.length) return false
  const tag = head.readUInt16LE(format + 8)
  return PCM.has(tag === EXTENSIBLE ? head.readUInt16LE(format + 32) : tag)
}

export const isRiff = (head: Buffer): boolean =>
  (text(head, 8, 12) === 'WAVE' && ['fmt ', 'JUNK', 'bext', 'ds64', 'LIST'].includes(text(head, 12, 16))) ||
  (text(head, 8, 12) === 'AVI ' && text(head, 12, 16) === 'LIST')

/** Chunks, and the RIFF chunks with which an AVI of several gigabytes continues. */
export async function riffEnd(bytes: FileBytes, from: number): End {
  const head = await bytes.at(from, 32)
  const long = text(head, 0, 4) !== 'RIFF'
  const told = long ? Number(head.readBigUInt64LE(20)) : head.readUInt32LE(4)
  if (untold(told) && !long) return undefined
  let end = from + 8 + told
  if (text(head, 8, 12) === 'WAVE' && !long) end = Math.max(end, (await waveDataEnd(bytes, from)) ?? end)
  for (;;) {
    const next = await bytes.at(end, 13)
    // Not every writer pads to an even length.
    if (end % 2 !== from % 2 && !['RIFF', 'RF64'].includes(text(next, 0, 4))) end++
    const more = await bytes.at(end, 12)
    if (text(more, 0, 4) !== 'RIFF' || text(more, 8, 12) !== 'AVIX') return end
    end += 8 + more.readUInt32LE(4)
  }
}

/** How many chunks of a WAV are passed over to find its samples, and how many bytes of them, however many they are. */
const MOST_CHUNKS = 100
const SEARCHED = 1024 * 1024

/** The samples of a WAV, as its header says. */
interface WaveData {
  from: number
  length: number
  bytesPerSecond: number
  /** Of each sample; undefined: they are no floating-point numbers. */
  floatBits: number | undefined
}

const FLOAT = 3

/** Of what the `fmt ` chunk of a WAV holds; undefined: its samples are no floating-point numbers. */
export function floatBitsIn(format: Buffer): number | undefined {
  const number = format.length < 16 ? 0 : format.readUInt16LE(0)
  const actual = number === EXTENSIBLE && format.length >= 26 ? format.readUInt16LE(24) : number
  return actual === FLOAT ? format.readUInt16LE(14) : undefined
}

/** @param to where the file ends */
export async function waveData(bytes: FileBytes, from: number, to: number): Promise<WaveData | undefined> {
  let bytesPerSecond = 0
  let floatBits: number | undefined
  let passed = 0
  for await (const chunk of chunks(bytes, WAVE, from, to)) {
    if (passed++ >= MOST_CHUNKS && chunk.start - from >= SEARCHED) return undefined
    const { name, length, head } = chunk
    if (name === 'data') return { from: chunk.from, length, bytesPerSecond, floatBits }
    if (name === 'fmt ' && head.length >= 12) {
      bytesPerSecond = head.readUInt32LE(8)
      floatBits = floatBitsIn(head.subarray(0, length))
    }
  }
  return undefined
}

/** Where its samples end. If the header was never completed, only one of its two lengths may be right. */
async function waveDataEnd(bytes: FileBytes, from: number): End {
  const data = await waveData(bytes, from, bytes.size)
  const end = data && !untold(data.length) ? data.from + data.length : undefined
  return end !== undefined && end <= bytes.size ? end : undefined
}

/** AIFF. */
export async function formEnd(bytes: FileBytes, from: number): End {
  const length = (await bytes.at(from, 8)).readUInt32BE(4)
  return untold(length) ? undefined : from + 8 + even(length)
}

export async function cafEnd(bytes: FileBytes, from: number): End {
  let end = from + CAF.first
  for await (const { name, start, length, next } of chunks(bytes, CAF, from)) {
    if (!/^[a-z]{4}$/.test(name) || name === 'caff') return start
    if (length < 0) return undefined
    end = next
  }
  return end
}

export async function auEnd(bytes: FileBytes, from: number): End {
  const head = await bytes.at(from, 12)
  const length = head.readUInt32BE(8)
  return untold(length) ? undefined : from + head.readUInt32BE(4) + length
}

export const ASF_HEADER = Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex')

/** Objects with a GUID of 16 bytes and a length of eight. */
export async function asfEnd(bytes: FileBytes, from: number): End {
  let at = from
  while (at < bytes.size) {
    const head = await bytes.at(at, 24)
    if (head.length < 24 || (at > from && head.subarray(0, 16).equals(ASF_HEADER))) return at
    const length = Number(head.readBigUInt64LE(16))
    if (length < 24) return at === from ? undefined : at
    at += length
  }
  return at
}

/** Wave64: the length counts its own header. */
export async function guidChunksEnd(bytes: FileBytes, from: number): End {
  const length = Number((await bytes.at(from, 24)).readBigUInt64LE(16))
  return length < 40 ? undefined : from + Math.ceil(length / 8) * 8
}

const OGG = Buffer.from('OggS')
/** The length of a page's header, without its segment table. */
const OGG_HEADER = 27
const OGG_BEGIN = 2

/** Pages until new streams start after earlier ones, or a page is broken. */
export async function oggPages(bytes: FileBytes, from: number): Promise<Walked> {
  let begun = false
  let at = from
  let last = from
  while (at < bytes.size) {
    const head = await bytes.at(at, OGG_HEADER + 255)
    if (!head.subarray(0, 4).equals(OGG) || head.length < OGG_HEADER) break
    if ((head[5]! & OGG_BEGIN) === 0) begun = true
    else if (begun) break
    const table = head.subarray(OGG_HEADER, OGG_HEADER + head[26]!)
    last = at
    at += OGG_HEADER + table.length + table.reduce((sum, length) => sum + length, 0)
  }
  return { end: at, last }
}

const FLV_HEADER = 9
const FLV_TAG = 11
/** Sound, pictures, facts. */
const FLV_TYPES = new Set([8, 9, 18])

/** Tags, each with its length behind it. */
export async function flvTags(bytes: FileBytes, from: number): Promise<Walked> {
  let at = from + FLV_HEADER + 4
  let last = from
  while (at < bytes.size) {
    const head = await bytes.at(at, FLV_TAG)
    if (head.length < FLV_TAG || !FLV_TYPES.has(head[0]! & 0x1f) || head.readUIntBE(8, 3) !== 0) break
    last = at
    at += FLV_TAG + head.readUIntBE(1, 3) + 4
  }
  return { end: at, last }
}
