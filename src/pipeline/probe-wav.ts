import { open } from 'node:fs/promises'
import type { Stretch } from './ffmpeg.ts'

/** How far into the file the `data` chunk is looked for: cover images and notes may come before it. */
const SEARCHED = 1024 * 1024

/**
 * True when a RIFF/WAVE file promises more sound than it holds (half a second and more, since sloppy
 * writers are off by some bytes). ffmpeg reads such a file without a word. Writers that could not go back
 * to fill in the length leave 0 or a huge number there: that is no promise.
 */
export async function wavIsCutOff({ path, from, to }: Stretch): Promise<boolean> {
  const file = await open(path)
  try {
    const size = to - from
    const head = Buffer.alloc(Math.min(SEARCHED, size))
    await file.read(head, 0, head.length, from)
    const found = dataChunk(head)
    if (!found || found.length === 0 || found.length >= 0x7f00_0000) return false
    return found.offset + found.length - size > found.bytesPerSecond / 2
  } finally {
    await file.close()
  }
}

function dataChunk(head: Buffer): { offset: number; length: number; bytesPerSecond: number } | null {
  if (head.length < 12 || head.toString('latin1', 0, 4) !== 'RIFF') return null
  let bytesPerSecond = 0
  for (let at = 12; at + 8 <= head.length; ) {
    const name = head.toString('latin1', at, at + 4)
    const length = head.readUInt32LE(at + 4)
    if (name === 'data') return { offset: at + 8, length, bytesPerSecond }
    if (name === 'fmt ' && at + 20 <= head.length) bytesPerSecond = head.readUInt32LE(at + 16)
    at += 8 + length + (length & 1)
  }
  return null
}
