import { closeSync, openSync, readSync } from 'node:fs'

/**
 * Reads the metadata of an ONNX model without loading it: the file is a protobuf message whose field 14
 * holds key and value pairs. The graph, nearly all of the file, is stepped over.
 * Returns an empty map where the file is not such a message.
 */
export function readOnnxMetadata(path: string): Map<string, string> {
  const fd = openSync(path, 'r')
  try {
    return new Map(metadataEntries(fd))
  } catch (error) {
    if (error instanceof NotAMessage) return new Map()
    throw error
  } finally {
    closeSync(fd)
  }
}

class NotAMessage extends Error {}

const METADATA_PROPS = 14
/** A vocabulary or a list of languages is some kilobytes; more than this is not metadata. */
const LONGEST_ENTRY = 10_000_000

function* metadataEntries(fd: number): Generator<[string, string]> {
  let at = 0
  for (;;) {
    const tag = readVarint(fd, at)
    if (!tag) return
    at = tag.end
    const wire = tag.value & 7
    if (wire === 2) {
      const length = readVarint(fd, at)
      if (!length) throw new NotAMessage()
      at = length.end + length.value
      if (tag.value >>> 3 === METADATA_PROPS) yield parseEntry(readBytes(fd, length.end, length.value))
    } else if (wire === 0) {
      at = (readVarint(fd, at) ?? { end: at + 1 }).end
    } else if (wire === 1 || wire === 5) {
      at += wire === 1 ? 8 : 4
    } else {
      throw new NotAMessage()
    }
  }
}

function parseEntry(entry: Buffer): [string, string] {
  const strings = ['', '']
  let at = 0
  while (at < entry.length) {
    const field = entry[at]! >>> 3
    const length = varintIn(entry, at + 1)
    if (!length || (field !== 1 && field !== 2)) throw new NotAMessage()
    at = length.end + length.value
    strings[field - 1] = entry.toString('utf8', length.end, at)
  }
  return [strings[0]!, strings[1]!]
}

function readBytes(fd: number, at: number, length: number): Buffer {
  if (length > LONGEST_ENTRY) throw new NotAMessage()
  const buffer = Buffer.alloc(length)
  if (readSync(fd, buffer, 0, length, at) !== length) throw new NotAMessage()
  return buffer
}

function readVarint(fd: number, at: number): { value: number; end: number } | undefined {
  const buffer = Buffer.alloc(10)
  const read = readSync(fd, buffer, 0, 10, at)
  if (read === 0) return undefined
  const found = varintIn(buffer.subarray(0, read), 0)
  if (!found) throw new NotAMessage()
  return { value: found.value, end: at + found.end }
}

function varintIn(buffer: Buffer, at: number): { value: number; end: number } | undefined {
  let value = 0
  for (let i = at; i < buffer.length && i < at + 10; i++) {
    value += (buffer[i]! & 127) * 2 ** (7 * (i - at))
    if (buffer[i]! < 128) return { value, end: i + 1 }
  }
  return undefined
}
