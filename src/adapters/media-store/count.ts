import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'

/** Passes bytes on, and knows how many there were and their SHA-256 (hex). */
export function counter(): Transform & { result(): { bytes: number; sha256: string } } {
  const hash = createHash('sha256')
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  return Object.assign(stream, { result: () => ({ bytes, sha256: hash.digest('hex') }) })
}
