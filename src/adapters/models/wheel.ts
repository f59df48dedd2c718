/** Reads a file out of a wheel, which is a ZIP archive: as a stream, as it may be large. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'

const END = { signature: 'PK\x05\x06', length: 22, maxComment: 65_535 }
const CENTRAL = { signature: 0x02014b50, length: 46 }
const LOCAL = { signature: 0x04034b50, length: 30 }
const STORED = 0
const DEFLATED = 8

/** Archives beyond 4 GB or in several parts are not read. @throws Error */
export async function readFromWheel(wheel: string, name: string): Promise<Readable> {
  const file = await open(wheel, 'r')
  const read = async (at: number, length: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
    return buffer.subarray(0, bytesRead)
  }
  try {
    const { size } = await file.stat()
    const tailAt = Math.max(0, size - END.length - END.maxComment)
    const tail = await read(tailAt, size - tailAt)
    const end = tail.lastIndexOf(END.signature, undefined, 'latin1')
    if (end < 0) throw new Error('it is no ZIP archive')
    const directory = await read(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
    const { at, packed, method } = find(directory, name)
    const local = await read(at, LOCAL.length)
    if (local.readUInt32LE(0) !== LOCAL.signature) throw new Error('the archive is damaged')
    const start = at + LOCAL.length + local.readUInt16LE(26) + local.readUInt16LE(28)
    const bytes = createReadStream(wheel, { start, end: start + packed - 1 })
    if (method === STORED) return bytes
    // Whoever reads hears of errors through the stream itself.
    if (method === DEFLATED) return pipeline(bytes, createInflateRaw(), () => {})
    throw new Error(`it is packed in an unknown way (${method})`)
  } finally {
    await file.close()
  }
}

function find(directory: Buffer, wanted: string): { at: number; packed: number; method: number } {
  for (let at = 0; at + CENTRAL.length <= directory.length; ) {
    if (directory.readUInt32LE(at) !== CENTRAL.signature) break
    const [name, extra, comment] = [28, 30, 32].map((k) => directory.readUInt16LE(at + k)) as [
      number,
      number,
      number,
    ]
    const nameAt = at + CENTRAL.length
    if (directory.toString('utf8', nameAt, nameAt + name) === wanted)
      return {
        at: directory.readUInt32LE(at + 42),
        packed: directory.readUInt32LE(at + 20),
        method: directory.readUInt16LE(at + 10),
      }
    at = nameAt + name + extra + comment
  }
  throw new Error(`there is no ${wanted} in it`)
}
