/** The file formats that can be joined: how a file starts, and where it ends. */
import { boxesEnd, startsWithBox } from './boxes.ts'
import type { FileBytes } from './bytes.ts'
import {
  ASF_HEADER,
  asfEnd,
  auEnd,
  cafEnd,
  ebmlEnd,
  ebmlPieces,
  flvTags,
  formEnd,
  guidChunksEnd,
  isEbml,
  isPcmWave,
  isRiff,
  oggPages,
  riffEnd,
  type Walked,
} from './ends.ts'
import {
  ac3Frame,
  adtsFrame,
  dtsFrame,
  eac3Frame,
  firstRun,
  framesEnd,
  mpegFrame,
  mpegSync,
  type NextSync,
  type ReadFrame,
  RUN_BYTES,
  runsAt,
  syncOf,
} from './frames.ts'
import { packets } from './packets.ts'
import { firstSound, packsEnd, startsWithPack } from './program-stream.ts'

export interface Kind {
  /** Whether a file of the kind starts with these bytes; certain enough to search for it anywhere. */
  startsWith(head: Buffer): boolean
  /** Where in these bytes a file of the kind starts; infinity: nowhere. */
  firstIn(bytes: Buffer): number
  /** Where the file that starts at `from` ends; undefined: its headers do not say, or are wrong. */
  end?(bytes: FileBytes, from: number): Promise<number | undefined>
  /** The same of a kind that consists of pieces; undefined: not this file of it. */
  pieces?(bytes: FileBytes, from: number): Promise<Walked | undefined>
  /** Other kinds inside it belong to it: FLAC in Matroska starts like a FLAC file. @param head of the file in question */
  onlyOwn?(head: Buffer): boolean
  /** Runs of frames inside it belong to it. */
  holdsFrames?: boolean
  /** What follows of the same kind belongs to it, if both are alike: ffmpeg reads on. */
  readsOn?: boolean
  /** Undefined: like any other. */
  like?(bytes: FileBytes, from: number): Promise<number | undefined>
}

/** Bytes that `startsWith` looks at. */
export const HEAD = RUN_BYTES
/** Bytes that have to follow a magic number. */
const AFTER_MAGIC = 64

interface Marked extends Omit<Kind, 'startsWith' | 'firstIn'> {
  /** The bytes at `offset` that every file of the kind has. */
  magic: Buffer
  offset?: number
  begins(head: Buffer): boolean
}

function marked({ magic, offset = 0, begins, ...rest }: Marked): Kind {
  const startsWith = (head: Buffer): boolean =>
    head.length >= AFTER_MAGIC && magic.equals(head.subarray(offset, offset + magic.length)) && begins(head)
  const firstIn = (bytes: Buffer): number => {
    for (let found = bytes.indexOf(magic); found >= 0; found = bytes.indexOf(magic, found + 1)) {
      const start = found - offset
      if (start >= 0 && startsWith(bytes.subarray(start, start + AFTER_MAGIC))) return start
    }
    return Number.POSITIVE_INFINITY
  }
  return { startsWith, firstIn, ...rest }
}

const framed = (sync: NextSync, read: ReadFrame): Kind => ({
  startsWith: (head) => runsAt(head, 0, read),
  firstIn: (bytes) => firstRun(bytes, sync, read),
  pieces: (bytes, from) => framesEnd(bytes, from, read),
  readsOn: true,
})

const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
const is = (head: Buffer, at: number, text: string): boolean =>
  head.toString('latin1', at, at + text.length) === text
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

const W64_RIFF = hex('72696666 2e91cf11 a5d628db 04c10000')
const W64_WAVE = hex('77617665 f3acd311 8cd100c0 4f8edb8a')

const always = (): boolean => true

const flac = marked({
  magic: latin('fLaC'),
  // Its first block says how the samples are, in 34 bytes.
  begins: (head) => (head[4]! & 0x7f) === 0 && head.readUIntBE(5, 3) === 34 && head.readUInt16BE(8) >= 16,
})
const ogg = marked({
  magic: latin('OggS'),
  // Version 0, the beginning of a stream, at the time 0.
  begins: (head) => head[4] === 0 && (head[5]! & 2) === 2 && head.readBigUInt64LE(6) === 0n,
  pieces: oggPages,
})
const wavpack = marked({
  magic: latin('wvpk'),
  // A block of version 4, the first of its moment, of sample 0, with samples in it.
  begins: (head) =>
    head[9] === 4 &&
    head[10] === 0 &&
    head.readUInt32LE(16) === 0 &&
    head.readUInt32LE(20) > 0 &&
    (head.readUInt32LE(24) & 0x800) > 0,
})
const tta = marked({
  magic: latin('TTA1'),
  begins: (head) =>
    head.readUInt16LE(4) >= 1 &&
    head.readUInt16LE(4) <= 3 &&
    head.readUInt16LE(6) <= 64 &&
    head.readUInt16LE(8) <= 32 &&
    head.readUInt32LE(10) >= 1000,
})
const flv = marked({
  magic: latin('FLV\x01'),
  begins: (head) => (head[4]! & ~5) === 0 && head.readUInt32BE(5) === 9 && head.readUInt32BE(9) === 0,
  pieces: flvTags,
})
const nut = marked({ magic: latin('nut/multimedia container\0'), begins: () => true })
const voc = marked({ magic: latin('Creative Voice File\x1a'), begins: () => true })
const amr = marked({ magic: latin('#!AMR'), begins: (head) => head[5] === 10 || is(head, 5, '-WB\n') })
/** HEIC and AVIF are MP4, too: the cover of a recording, and none itself. */
const isPicture = (head: Buffer): boolean =>
  /^(avif|avis|hei[cmsx]|hev[cmsx]|mif1|msf1)$/.test(head.toString('latin1', 8, 12))

const mp4 = marked({
  magic: latin('ftyp'),
  offset: 4,
  begins: (head) => startsWithBox(head) && !isPicture(head),
  end: boxesEnd,
  onlyOwn: always,
})
const matroska = marked({
  magic: hex('1a45dfa3'),
  begins: isEbml,
  end: ebmlEnd,
  pieces: ebmlPieces,
  onlyOwn: always,
})
const riff = (name: string): Kind =>
  marked({ magic: latin(name), begins: isRiff, end: riffEnd, onlyOwn: (head) => !isPcmWave(head) })
const aiff = marked({
  magic: latin('FORM'),
  begins: (head) => is(head, 8, 'AIFF') || is(head, 8, 'AIFC') || is(head, 8, '8SVX'),
  end: formEnd,
})
const caf = marked({
  magic: latin('caff'),
  begins: (head) => head.readUInt32BE(4) === 0x10000 && is(head, 8, 'desc'),
  end: cafEnd,
})
const au = marked({
  magic: latin('.snd'),
  begins: (head) =>
    head.readUInt32BE(4) >= 24 &&
    head.readUInt32BE(4) < 0x10000 &&
    head.readUInt32BE(12) < 32 &&
    head.readUInt32BE(16) >= 1000 &&
    head.readUInt32BE(16) < 1e6 &&
    head.readUInt32BE(20) <= 64,
  end: auEnd,
})
const asf = marked({ magic: ASF_HEADER, begins: () => true, end: asfEnd, onlyOwn: always })
const w64 = marked({
  magic: W64_RIFF,
  begins: (head) => head.subarray(24, 40).equals(W64_WAVE),
  end: guidChunksEnd,
})

const programStream = marked({
  magic: hex('000001ba'),
  begins: startsWithPack,
  pieces: packsEnd,
  holdsFrames: true,
  readsOn: true,
  like: firstSound,
})

const MARKED: readonly Kind[] = [
  ...[flac, ogg, wavpack, tta, flv, nut, voc, amr, mp4, matroska, aiff, caf, au, asf, w64],
  ...['RIFF', 'RF64', 'BW64'].map(riff),
  programStream,
]

/** Nothing but frames. */
export const FRAMED: readonly Kind[] = [
  ...[mpegFrame(3), mpegFrame(2), mpegFrame(1), adtsFrame].map((read) => framed(mpegSync, read)),
  ...[ac3Frame, eac3Frame].map((read) => framed(syncOf(hex('0b77')), read)),
  framed(syncOf(hex('7ffe8001')), dtsFrame),
]

/** MPEG transport streams. */
const PACKETS: readonly Kind[] = ([0, 4] as const).map((before) => ({ ...packets(before), readsOn: true }))

export const KINDS: readonly Kind[] = [...MARKED, ...FRAMED, ...PACKETS]

/** What may start in the bytes of a file of which the end is not known. @param head of that file */
export function kindsIn(kind: Kind, head: Buffer): readonly Kind[] {
  return kind.onlyOwn?.(head) ? [kind] : kindsBehind(kind)
}

/** What may start behind the end of a file. */
export const kindsBehind = (kind: Kind): readonly Kind[] =>
  kind.holdsFrames ? [...MARKED, ...PACKETS] : KINDS

/** The kind of a file that starts with these bytes. */
export const kindOf = (head: Buffer): Kind | undefined => KINDS.find((kind) => kind.startsWith(head))
