/**
 * Sound on its way between machines: FLAC of 16 kHz, mono, 16 bit, as any player reads it, at about half its bytes.
 * Written and read here, since ffmpeg would have to be started for every part, and a runner needs none.
 * Fixed predictors and Rice codes only; what is read is what this writes.
 */
import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { SAMPLE_RATE } from '../../ports/engine.ts'
import { BitReader, BitWriter, crc8, crc16 } from './bits.ts'

const BLOCK = 4096
const MAGIC = 0x664c6143 // fLaC
const STREAM_INFO_BYTES = 34
const HEAD_BYTES = 8 + STREAM_INFO_BYTES
/** Of a whole block: 16 partitions, each with a Rice parameter of its own. */
const PARTITION_ORDER = 4
const MOST_ORDER = 4
/** The next one is an escape. */
const MOST_RICE = 14
const VERBATIM = 0b000001
const FIXED = 0b001000
/** Sync code, fixed block size. */
const FRAME = 0xfff8
/** 16 kHz, mono, 16 bit. */
const RATE_CODE = 0b0101
const FORMAT_CODE = 0b0000_100_0
const WHOLE_BLOCK_CODE = 0b1100
const OTHER_BLOCK_CODE = 0b0111

/** Frames between which others have their turn: 2 s of sound, some milliseconds of work. */
const FRAMES_A_TURN = 8

/** Not FLAC, or none of ours, or damaged. */
export class BadFlac extends Error {
  override readonly name = 'BadFlac'
}

export async function encodeFlac(pcm: Int16Array): Promise<Uint8Array<ArrayBuffer>> {
  const frames = Math.ceil(pcm.length / BLOCK)
  const out = new BitWriter(HEAD_BYTES + pcm.length * 2 + frames * 32)
  out.write(MAGIC >>> 16, 16)
  out.write(MAGIC & 0xffff, 16)
  out.write(0x80, 8) // the last block of metadata, and of the kind STREAMINFO
  out.write(STREAM_INFO_BYTES, 24)
  out.write(BLOCK, 16)
  out.write(BLOCK, 16)
  out.write(0, 24) // sizes of frames: unknown
  out.write(0, 24)
  out.write(SAMPLE_RATE, 20)
  out.write(0, 3) // one channel
  out.write(15, 5) // 16 bits
  out.write(0, 4) // of 36 bits of the length
  out.write(pcm.length >>> 8, 24)
  out.write(pcm.length & 0xff, 8)
  for (const byte of md5(pcm)) out.write(byte, 8)
  for (let frame = 0; frame < frames; frame++) {
    if (frame % FRAMES_A_TURN === FRAMES_A_TURN - 1) await turn()
    writeFrame(out, frame, pcm.subarray(frame * BLOCK, (frame + 1) * BLOCK))
  }
  return out.bytes()
}

/** @throws BadFlac */
export async function decodeFlac(bytes: Uint8Array): Promise<Int16Array> {
  const from = new BitReader(bytes)
  try {
    if (from.read(16) !== MAGIC >>> 16 || from.read(16) !== (MAGIC & 0xffff)) throw new BadFlac('no FLAC')
    from.skip(32 + 16 + 16 + 24 + 24 + 20 + 3 + 5 + 4)
    const length = from.read(24) * 256 + from.read(8)
    // A byte holds eight samples at most, since each takes a bit or more: a lie costs no memory.
    if (length > bytes.length * 8) throw new BadFlac('it is shorter than it says')
    const sum = Buffer.from(Array.from({ length: 16 }, () => from.read(8)))
    const pcm = new Int16Array(length)
    for (let frame = 0; frame * BLOCK < length; frame++) {
      if (frame % FRAMES_A_TURN === FRAMES_A_TURN - 1) await turn()
      readFrame(from, frame, pcm.subarray(frame * BLOCK, (frame + 1) * BLOCK))
    }
    if (!md5(pcm).equals(sum)) throw new BadFlac('it was damaged')
    return pcm
  } catch (cause) {
    throw cause instanceof RangeError ? new BadFlac('it is cut off', { cause }) : cause
  }
}

/** Of the samples as FLAC counts them: little-endian. */
const md5 = (pcm: Int16Array): Buffer =>
  createHash('md5')
    .update(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength))
    .digest()

function writeFrame(out: BitWriter, number: number, block: Int16Array): void {
  const begin = out.position
  const whole = block.length === BLOCK
  out.write(FRAME, 16)
  out.write(whole ? WHOLE_BLOCK_CODE : OTHER_BLOCK_CODE, 4)
  out.write(RATE_CODE, 4)
  out.write(FORMAT_CODE, 8)
  for (const byte of frameNumber(number)) out.write(byte, 8)
  if (!whole) out.write(block.length - 1, 16)
  out.write(crc8(out.since(begin)), 8)
  writeSamples(out, block)
  out.align()
  out.write(crc16(out.since(begin)), 16)
}

/** Coded like a character in UTF-8. There are none with the numbers of surrogates: no part is of 3.9 hours. */
const frameNumber = (number: number): Uint8Array => Buffer.from(String.fromCodePoint(number))

function writeSamples(out: BitWriter, block: Int16Array): void {
  const { order, residual } = bestResidual(block)
  const partitionOrder = block.length === BLOCK ? PARTITION_ORDER : 0
  const partitions = partitionsOf(residual, order, block.length, partitionOrder)
  const bits = partitions.reduce((sum, { cost }) => sum + cost, order * 16 + 6)
  if (bits >= block.length * 16) {
    out.write(VERBATIM << 1, 8)
    for (const sample of block) out.write(sample & 0xffff, 16)
    return
  }
  out.write((FIXED | order) << 1, 8)
  for (let i = 0; i < order; i++) out.write(block[i]! & 0xffff, 16)
  out.write(0, 2) // Rice parameters of four bits
  out.write(partitionOrder, 4)
  for (const { from, to, rice } of partitions) {
    out.write(rice, 4)
    for (let i = from; i < to; i++) out.rice(residual[i]!, rice)
  }
}

/** Differences of differences, as often as makes them small; folded. Those of the first `order` samples are not used. */
function bestResidual(block: Int16Array): { order: number; residual: Uint32Array } {
  const order = bestOrder(block)
  const difference = DIFFERENCE[order]!
  const residual = new Uint32Array(block.length)
  for (let i = order; i < block.length; i++) residual[i] = folded(difference(block, i))
  return { order, residual }
}

function bestOrder(block: Int16Array): number {
  if (block.length <= MOST_ORDER) return 0
  // The last difference of each order. Spelled out: as functions in a table this takes five times as long.
  let [d0, d1, d2, d3] = [0, 0, 0, 0]
  let [s0, s1, s2, s3, s4] = [0, 0, 0, 0, 0]
  for (let i = 0; i < block.length; i++) {
    const e0 = block[i]!
    const e1 = e0 - d0
    const e2 = e1 - d1
    const e3 = e2 - d2
    const e4 = e3 - d3
    if (i >= MOST_ORDER) {
      s0 += Math.abs(e0)
      s1 += Math.abs(e1)
      s2 += Math.abs(e2)
      s3 += Math.abs(e3)
      s4 += Math.abs(e4)
    }
    d0 = e0
    d1 = e1
    d2 = e2
    d3 = e3
  }
  const sums = [s0, s1, s2, s3, s4]
  return sums.indexOf(Math.min(...sums))
}

interface Partition {
  from: number
  to: number
  rice: number
  /** Bits. */
  cost: number
}

function partitionsOf(
  residual: Uint32Array,
  order: number,
  length: number,
  partitionOrder: number,
): Partition[] {
  const size = length >> partitionOrder
  return Array.from({ length: 1 << partitionOrder }, (_, k) => {
    const [from, to] = [k === 0 ? order : k * size, (k + 1) * size]
    let sum = 0
    for (let i = from; i < to; i++) sum += residual[i]!
    const mean = sum / Math.max(1, to - from)
    const rice = Math.min(MOST_RICE, Math.max(0, Math.floor(Math.log2(mean + 1e-9))))
    let cost = 4
    for (let i = from; i < to; i++) cost += (residual[i]! >>> rice) + 1 + rice
    return { from, to, rice, cost }
  })
}

/** Small whatever the sign: 0, −1, 1, −2, 2… */
const folded = (value: number): number => (value << 1) ^ (value >> 31)
const unfolded = (value: number): number => (value >>> 1) ^ -(value & 1)

function readFrame(from: BitReader, number: number, block: Int16Array): void {
  if (from.read(16) !== FRAME) throw new BadFlac('a frame is missing')
  const code = from.read(4)
  from.skip(4 + 8 + 8 * frameNumber(number).length)
  const length = code === WHOLE_BLOCK_CODE ? BLOCK : from.read(16) + 1
  if (length !== block.length) throw new BadFlac('a frame has another length')
  from.skip(8)
  readSamples(from, block)
  from.align()
  from.skip(16)
}

function readSamples(from: BitReader, block: Int16Array): void {
  const kind = from.read(8) >> 1
  if (kind === VERBATIM) {
    for (let i = 0; i < block.length; i++) block[i] = from.read(16)
    return
  }
  const order = kind - FIXED
  if (order < 0 || order > MOST_ORDER || order > block.length) throw new BadFlac('an unknown kind of frame')
  for (let i = 0; i < order; i++) block[i] = from.read(16)
  from.skip(2)
  const size = block.length >> from.read(4)
  if (size === 0) throw new BadFlac('a frame of no samples')
  const difference = DIFFERENCE[order]!
  for (let k = 0; k * size < block.length; k++) {
    const rice = from.read(4)
    for (let i = k === 0 ? order : k * size; i < Math.min(block.length, (k + 1) * size); i++)
      block[i] = unfolded(from.rice(rice)) - difference(block, i)
  }
}

/** By the order: what a sample is more than those before it make one expect. */
const DIFFERENCE: readonly ((block: Int16Array, i: number) => number)[] = [
  (b, i) => b[i]!,
  (b, i) => b[i]! - b[i - 1]!,
  (b, i) => b[i]! - 2 * b[i - 1]! + b[i - 2]!,
  (b, i) => b[i]! - 3 * (b[i - 1]! - b[i - 2]!) - b[i - 3]!,
  (b, i) => b[i]! - 4 * (b[i - 1]! + b[i - 3]!) + 6 * b[i - 2]! + b[i - 4]!,
]
