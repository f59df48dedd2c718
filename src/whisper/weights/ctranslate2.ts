/**
 * CTranslate2's model.bin (binary versions 1 to 6): a list of named tensors, then of aliases. What faster-whisper uses.
 * The index alone is held in memory; a tensor is read when it is asked for.
 */

import { cutShort, isPointer, openFile, pointer, shown, type WeightsFile } from './file.ts'
import { BYTES, dequantise, type NumberType, toFloat32 } from './numbers.ts'
import { type Tensors, WeightsError } from './weights.ts'

/** In the order of CTranslate2's own numbers for them. */
const TYPES: readonly NumberType[] = ['float32', 'int8', 'int16', 'int32', 'float16', 'bfloat16']
/** Up to version 3 only an item's size was stored, and told the type. */
const TYPES_BY_SIZE: Readonly<Record<number, NumberType>> = { 4: 'float32', 2: 'int16', 1: 'int8' }
const NEWEST_VERSION = 6
const NEWEST_REVISION = 3
/** large-v3 has about 1,300. */
const MOST_TENSORS = 20_000
/** int16 weights of old had no scale of their own. */
const OLD_INT16_SCALE = 1000

interface Stored {
  readonly dims: readonly number[]
  readonly count: number
  readonly type: NumberType
  readonly offset: number
}

export function openCtranslate2(path: string): Tensors {
  const file = openFile(path)
  try {
    return tensorsOf(file, readIndex(file))
  } catch (error) {
    file.close()
    throw error
  }
}

function tensorsOf(file: WeightsFile, index: ReadonlyMap<string, Stored>): Tensors {
  const plain = (stored: Stored): Float32Array =>
    toFloat32(stored.type, stored.count, (bytes) => file.fill(bytes, stored.offset))
  return {
    dims: (name) => index.get(name)?.dims,
    read(name) {
      const stored = index.get(name)
      if (!stored) throw new WeightsError(`${file.path} has no ${name}: it holds no Whisper; fetch another`)
      if (!name.endsWith('weight') || !stored.type.startsWith('int')) return plain(stored)
      const scale = index.get(`${name}_scale`)
      if (scale && stored.type !== 'int32') return dequantise(plain(stored), plain(scale), name)
      if (stored.type === 'int16') return dequantise(plain(stored), Float32Array.of(OLD_INT16_SCALE), name)
      throw new WeightsError(
        `${file.path} is quantised in a way that can't be read (${name} is ${stored.type}): ` +
          'convert the model again with float16 or int8',
      )
    },
    close: () => file.close(),
  }
}

function readIndex(file: WeightsFile): ReadonlyMap<string, Stored> {
  const at = new Cursor(file)
  const version = at.start()
  if (version >= 2) {
    const spec = at.text()
    if (spec !== 'WhisperSpec')
      throw new WeightsError(`${file.path} holds a ${shown(spec)}, not a Whisper: give a Whisper's folder`)
    if (at.uint32() > NEWEST_REVISION) throw tooNew(file)
  }
  const index = new Map<string, Stored>()
  for (let left = at.count(); left > 0; left--) {
    const name = at.text()
    const stored = at.stored(version)
    index.set(name, stored)
  }
  if (version >= 3)
    for (let left = at.count(); left > 0; left--) {
      const alias = at.text()
      const name = at.text()
      for (const suffix of ['', '_scale', '_zero']) {
        const stored = index.get(name + suffix)
        if (stored && !index.has(alias + suffix)) index.set(alias + suffix, stored)
      }
    }
  return index
}

/** Reads the index a few kilobytes at a time, jumping over the numbers. */
class Cursor {
  private readonly file: WeightsFile
  private offset = 0
  private chunk = Buffer.alloc(0)
  private chunkStart = 0

  constructor(file: WeightsFile) {
    this.file = file
  }

  /** @returns the version, after looking whether this is CTranslate2's at all */
  start(): number {
    const version = this.take(4).readUInt32LE()
    if (version >= 1 && version <= NEWEST_VERSION) return version
    this.offset = 0
    const start = this.take(Math.min(this.file.size, 64)).toString('latin1')
    if (isPointer(start)) throw pointer(this.file.path)
    if (version > NEWEST_VERSION && version < 100) throw tooNew(this.file)
    throw new WeightsError(
      `${this.file.path} is not CTranslate2's: convert the model with ct2-transformers-converter, or give a folder with model.safetensors`,
    )
  }

  text(): string {
    const bytes = this.take(this.take(2).readUInt16LE())
    const end = bytes.indexOf(0)
    return bytes.toString('utf8', 0, end < 0 ? bytes.length : end)
  }

  count(): number {
    const count = this.uint32()
    if (count > MOST_TENSORS) throw cutShort(this.file.path)
    return count
  }

  uint32(): number {
    return this.take(4).readUInt32LE()
  }

  stored(version: number): Stored {
    const dims = Array.from({ length: this.uint8() }, () => this.uint32())
    const kind = this.uint8()
    const type = version >= 4 ? TYPES[kind] : TYPES_BY_SIZE[kind]
    if (!type) throw cutShort(this.file.path)
    const bytes = version >= 4 ? this.uint32() : this.uint32() * BYTES[type]
    const count = dims.reduce((product, dim) => product * dim, 1)
    const offset = this.offset
    this.offset += bytes
    if (count * BYTES[type] !== bytes || this.offset > this.file.size) throw cutShort(this.file.path)
    return { dims, count, type, offset }
  }

  private uint8(): number {
    return this.take(1).readUInt8()
  }

  private take(length: number): Buffer {
    const from = this.offset - this.chunkStart
    this.offset += length
    if (from >= 0 && from + length <= this.chunk.length) return this.chunk.subarray(from, from + length)
    this.chunkStart = this.offset - length
    const rest = this.file.size - this.chunkStart
    if (length > rest) throw cutShort(this.file.path)
    this.chunk = Buffer.alloc(Math.min(Math.max(length, 4096), rest))
    this.file.fill(this.chunk, this.chunkStart)
    return this.chunk.subarray(0, length)
  }
}

function tooNew(file: WeightsFile): WeightsError {
  return new WeightsError(
    `${file.path} was written by a CTranslate2 newer than Earshot knows: update Earshot, or convert the model with an older CTranslate2`,
  )
}
