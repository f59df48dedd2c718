/** Damaged WavPack: ffmpeg stops at the first block that it cannot read, although every block has its time. */
import { createReadStream } from 'node:fs'
import { type LocalFile, stretchOf } from '../ffmpeg.ts'
import { FileBytes } from '../joined/bytes.ts'
import type { Mended } from './mended.ts'

const HEADER = 32
const NAME = Buffer.from('wvpk')
/** The longest block, bytes. */
const LONGEST = 2 ** 21
/** Bytes of tags after the last block, which need not be readable. */
const TAGS = 64 * 1024

/** All readable blocks; undefined: it is not WavPack, or nothing is broken. */
export async function mendedWavpack(file: LocalFile): Promise<Mended | undefined> {
  const { path, from, to } = await stretchOf(file)
  const bytes = await FileBytes.open(path)
  try {
    if ((await blockLength(bytes, from)) === undefined) return undefined
    const runs: { from: number; to: number }[] = []
    let broken = false
    for (let at: number | undefined = from; at !== undefined && at < to; ) {
      const end = await endOfRun(bytes, at, to)
      runs.push({ from: at, to: Math.min(end, to) })
      at = await nextBlock(bytes, end, to)
      broken ||= at !== undefined || to - end > TAGS
    }
    return broken ? { bytes: () => piecesOf(path, runs), silenced: () => [] } : undefined
  } finally {
    await bytes.close()
  }
}

async function endOfRun(bytes: FileBytes, from: number, to: number): Promise<number> {
  let at = from
  for (let length = await blockLength(bytes, at); length && at < to; length = await blockLength(bytes, at))
    at += length
  return at
}

/** Undefined: no block starts here. */
async function blockLength(bytes: FileBytes, at: number): Promise<number | undefined> {
  const head = await bytes.at(at, HEADER)
  if (head.length < HEADER || !head.subarray(0, 4).equals(NAME) || head[9] !== 4) return undefined
  const length = head.readUInt32LE(4) + 8
  return length >= HEADER && length <= LONGEST ? length : undefined
}

/** A block's length counts only if another block or the end follows. */
async function nextBlock(bytes: FileBytes, from: number, to: number): Promise<number | undefined> {
  for await (const { at, bytes: piece } of bytes.from(from, NAME.length)) {
    for (let found = piece.indexOf(NAME); found >= 0; found = piece.indexOf(NAME, found + 1)) {
      const start = at + found
      if (start >= to) return undefined
      const length = await blockLength(bytes, start)
      if (length && (start + length >= to || (await blockLength(bytes, start + length)))) return start
    }
  }
  return undefined
}

async function* piecesOf(
  path: string,
  runs: readonly { from: number; to: number }[],
): AsyncGenerator<Buffer> {
  for (const { from, to } of runs) if (to > from) yield* createReadStream(path, { start: from, end: to - 1 })
}
