import type { Readable } from 'node:stream'

/**
 * The stream's bytes in pieces of at most `size` bytes, each to be read to its end before the next. Where
 * the stream breaks off, its last piece simply ends there, and the error comes after it.
 */
export async function* cutStream(body: Readable, size: number): AsyncGenerator<AsyncIterable<Buffer>> {
  const source = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let next = await pull(source)
  async function* piece(): AsyncGenerator<Buffer> {
    let room = size
    while (next.chunk && room > 0) {
      const now = next.chunk.subarray(0, room)
      const rest = next.chunk.subarray(now.length)
      room -= now.length
      yield now
      next = rest.length > 0 ? { chunk: rest } : await pull(source)
    }
  }
  while (next.chunk) yield piece()
  if (next.error !== undefined) throw next.error
}

interface Pulled {
  /** Undefined: there is no more. */
  chunk?: Buffer
  error?: unknown
}

async function pull(source: AsyncIterator<Buffer>): Promise<Pulled> {
  try {
    for (;;) {
      const { done, value } = await source.next()
      if (done) return {}
      if (value.length > 0) return { chunk: value }
    }
  } catch (error) {
    return { error }
  }
}
