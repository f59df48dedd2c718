import { closeSync, openSync, readSync } from 'node:fs'
import { fieldsOf, NotAMessage, varintAt } from './wire.ts'

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
  for (const { number, body } of fieldsOf(entry)) {
    if (number !== 1 && number !== 2) throw new NotAMessage()
    strings[number - 1] = body.toString('utf8')
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
  const found = varintAt(buffer.subarray(0, read), 0)
  return { value: found.value, end: at + found.end }
}
