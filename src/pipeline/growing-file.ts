import type { FileHandle } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** What was read is no longer what the file begins with: its writer began anew. */
export class BegunAnew extends Error {
  constructor() {
    super('the file was begun anew while it was being read')
    this.name = 'BegunAnew'
  }
}

const CHUNK = 256 * 1024
const LOOK_MS = 50

/**
 * The bytes of a file while another process writes it, to its end. It may be renamed meanwhile, but not begun
 * anew. Closes the file.
 * @param whole resolves when the last byte is written; a failure of it ends the reading
 * @throws BegunAnew; what `whole` rejects with; the signal's reason
 */
export async function* readGrowing(
  file: FileHandle,
  whole: Promise<unknown>,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let state: 'growing' | 'whole' | 'failed' = 'growing'
  const ended = whole.then(
    () => (state = 'whole'),
    () => (state = 'failed'),
  )
  let at = 0
  try {
    for (;;) {
      signal.throwIfAborted()
      // Asked before the look at the file: what is whole now does not grow after it.
      const last = state !== 'growing'
      const chunk = await next(file, at)
      if (chunk.length > 0) {
        at += chunk.length
        yield chunk
      } else if (last) {
        await whole
        return
      } else await Promise.race([ended, sleep(LOOK_MS, undefined, { ref: false })])
    }
  } finally {
    await file.close()
  }
}

async function next(file: FileHandle, at: number): Promise<Buffer> {
  const { size } = await file.stat()
  if (size < at) throw new BegunAnew()
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK, size - at))
  const { bytesRead } = await file.read(buffer, 0, buffer.length, at)
  return buffer.subarray(0, bytesRead)
}
