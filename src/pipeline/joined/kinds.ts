/** The file formats that can be joined: how a file starts, and where it ends. */
import type { FileBytes } from './bytes.ts'
import {
  ASF_HEADER,
  asfEnd,
  auEnd,
  boxesEnd,
  cafEnd,
  ebmlEnd,
  formEnd,
  guidChunksEnd,
  isEbml,
  isRiff,
  oggEnd,
  riffEnd,
  startsWithBox,
} from './ends.ts'

export interface Kind {
  /** The bytes at `offset` that every file of the kind has. */
  magic: Buffer
  offset?: number
  /** Whether a file of the kind starts with these bytes; certain enough to search for it anywhere. */
  begins(head: Buffer): boolean
  /** Where the file that starts at `from` ends; undefined: its headers do not say, or are wrong. */
  end?(bytes: FileBytes, from: number): Promise<number | undefined>
  /** Other kinds inside it belong to it: FLAC in Matroska starts like a FLAC file. */
  onlyOwn?: boolean
}

/** Bytes that `begins` looks at. */
export const HEAD = 64

const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
const is = (head: Buffer, at: number, text: string): boolean =>
  head.toString('latin1', at, at + text.length) === text
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

const W64_RIFF = hex('72696666 2e91cf11 a5d628db 04c10000')
const W64_WAVE = hex('77617665 f3acd311 8cd100c0 4f8edb8a')

const flac: Kind = {
  magic: latin('fLaC'),
  // Its first block says how the samples are, in 34 bytes.
  begins: (head) => (head[4]! & 0x7f) === 0 && head.readUIntBE(5, 3) === 34 && head.readUInt16BE(8) >= 16,
}
const ogg: Kind = {
  magic: latin('OggS'),
  // Version 0, the beginning of a stream, at the time 0.
  begins: (head) => head[4] === 0 && (head[5]! & 2) === 2 && head.readBigUInt64LE(6) === 0n,
  end: oggEnd,
}
const wavpack: Kind = {
  magic: latin('wvpk'),
  // A block of version 4, the first of its moment, of sample 0, with samples in it.
  begins: (head) =>
    head[9] === 4 &&
    head[10] === 0 &&
    head.readUInt32LE(16) === 0 &&
    head.readUInt32LE(20) > 0 &&
    (head.readUInt32LE(24) & 0x800) > 0,
}
const tta: Kind = {
  magic: latin('TTA1'),
  begins: (head) =>
    head.readUInt16LE(4) >= 1 &&
    head.readUInt16LE(4) <= 3 &&
    head.readUInt16LE(6) <= 64 &&
    head.readUInt16LE(8) <= 32 &&
    head.readUInt32LE(10) >= 1000,
}
const flv: Kind = {
  magic: latin('FLV\x01'),
  begins: (head) => (head[4]! & ~5) === 0 && head.readUInt32BE(5) === 9 && head.readUInt32BE(9) === 0,
}
const nut: Kind = { magic: latin('nut/multimedia container\0'), begins: () => true }
const voc: Kind = { magic: latin('Creative Voice File\x1a'), begins: () => true }
const amr: Kind = { magic: latin('#!AMR'), begins: (head) => head[5] === 10 || is(head, 5, '-WB\n') }
const mp4: Kind = { magic: latin('ftyp'), offset: 4, begins: startsWithBox, end: boxesEnd, onlyOwn: true }
const matroska: Kind = { magic: hex('1a45dfa3'), begins: isEbml, end: ebmlEnd, onlyOwn: true }
const riff = (name: string): Kind => ({ magic: latin(name), begins: isRiff, end: riffEnd, onlyOwn: true })
const aiff: Kind = {
  magic: latin('FORM'),
  begins: (head) => is(head, 8, 'AIFF') || is(head, 8, 'AIFC') || is(head, 8, '8SVX'),
  end: formEnd,
}
const caf: Kind = {
  magic: latin('caff'),
  begins: (head) => head.readUInt32BE(4) === 0x10000 && is(head, 8, 'desc'),
  end: cafEnd,
}
const au: Kind = {
  magic: latin('.snd'),
  begins: (head) =>
    head.readUInt32BE(4) >= 24 &&
    head.readUInt32BE(4) < 0x10000 &&
    head.readUInt32BE(12) < 32 &&
    head.readUInt32BE(16) >= 1000 &&
    head.readUInt32BE(16) < 1e6 &&
    head.readUInt32BE(20) <= 64,
  end: auEnd,
}
const asf: Kind = { magic: ASF_HEADER, begins: () => true, end: asfEnd, onlyOwn: true }
const w64: Kind = {
  magic: W64_RIFF,
  begins: (head) => head.subarray(24, 40).equals(W64_WAVE),
  end: guidChunksEnd,
}

export const KINDS: readonly Kind[] = [
  ...[flac, ogg, wavpack, tta, flv, nut, voc, amr, mp4, matroska, aiff, caf, au, asf, w64],
  ...['RIFF', 'RF64', 'BW64'].map(riff),
]

/** The kind of a file that starts with these bytes. */
export function kindOf(head: Buffer, kinds = KINDS): Kind | undefined {
  if (head.length < HEAD) return undefined
  return kinds.find(
    (kind) =>
      kind.magic.equals(head.subarray(kind.offset ?? 0, (kind.offset ?? 0) + kind.magic.length)) &&
      kind.begins(head),
  )
}
