import { createReadStream } from 'node:fs'
import type { Stretch } from '../ffmpeg.ts'

/** Bytes that are read in the place of those in the file. */
export interface Patch {
  at: number
  bytes: Buffer
}

/** The bytes of a file with other ones at some places. @param patches in their order, without overlaps */
export async function* patched(
  { path, from, to }: Stretch,
  patches: readonly Patch[],
): AsyncGenerator<Buffer> {
  let at = from
  let next = 0
  for await (const chunk of createReadStream(path, { start: from, end: to - 1, highWaterMark: 256 * 1024 })) {
    const bytes = chunk as Buffer
    for (let k = next; k < patches.length && patches[k]!.at < at + bytes.length; k++) {
      const { at: place, bytes: other } = patches[k]!
      other.copy(bytes, Math.max(0, place - at), Math.max(0, at - place))
      if (place + other.length <= at + bytes.length) next = k + 1
    }
    at += bytes.length
    yield bytes
  }
}
