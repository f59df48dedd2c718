/**
 * Safetensors: eight bytes of length, a JSON header that says where each tensor lies, the numbers. One file, or several
 * with an index. Nothing in it can run, unlike PyTorch's own files.
 */
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  cutShort,
  isPointer,
  openFile,
  parseJson,
  pointer,
  readJson,
  shown,
  type WeightsFile,
} from './file.ts'
import { BYTES, type NumberType, toFloat32 } from './numbers.ts'
import { type Tensors, WeightsError } from './weights.ts'

export const SAFETENSORS = 'model.safetensors'
export const SAFETENSORS_INDEX = 'model.safetensors.index.json'

const TYPES: ReadonlyMap<unknown, NumberType> = new Map([
  ['F32', 'float32'],
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
])
/** large-v3's has 150 kB. */
const HEADER_LIMIT = 16 * 1024 * 1024
/** large-v3 in float32 comes in two. */
const MOST_SHARDS = 64

interface Stored {
  readonly file: WeightsFile
  readonly dims: readonly number[]
  readonly count: number
  /** What the file says, and what it is here: undefined for what Whispers are not trained in. */
  readonly kind: string
  readonly type: NumberType | undefined
  readonly offset: number
}

/** @returns the names that the file has, and how to read them */
export function openSafetensors(folder: string): Tensors & { names(): Iterable<string> } {
  const files: WeightsFile[] = []
  const close = (): void => {
    for (const file of files) file.close()
  }
  const index = new Map<string, Stored>()
  try {
    for (const name of shards(folder)) {
      const file = openFile(join(folder, name))
      files.push(file)
      for (const [tensor, stored] of readHeader(file)) index.set(tensor, stored)
    }
  } catch (error) {
    close()
    throw error
  }
  return {
    names: () => index.keys(),
    dims: (name) => index.get(name)?.dims,
    read(name) {
      const stored = index.get(name)
      if (!stored) throw new WeightsError(`${folder} has no ${name}: it holds no Whisper; fetch another`)
      const { file, type, offset } = stored
      if (!type)
        throw new WeightsError(
          `${file.path} has ${name} as ${shown(stored.kind)}, which can't be read: fetch the model in F32, F16 or BF16`,
        )
      return toFloat32(type, stored.count, (bytes) => file.fill(bytes, offset))
    },
    close,
  }
}

function shards(folder: string): string[] {
  if (existsSync(join(folder, SAFETENSORS))) return [SAFETENSORS]
  const path = join(folder, SAFETENSORS_INDEX)
  const names = [...new Set(Object.values(Object(readJson(folder, SAFETENSORS_INDEX)?.weight_map)))]
  if (names.length === 0 || names.length > MOST_SHARDS)
    throw new WeightsError(`${path} names ${names.length} files of weights: fetch it again`)
  return names.map((name) => {
    // A path would lead out of the folder.
    if (typeof name !== 'string' || basename(name) !== name || !name.endsWith('.safetensors'))
      throw new WeightsError(`${path} names ${shown(name)}, which is no file of weights: fetch it again`)
    if (!existsSync(join(folder, name)))
      throw new WeightsError(
        `${folder} lacks ${name}, a part of the model: fetch it from where the rest came from`,
      )
    return name
  })
}

function* readHeader(file: WeightsFile): Generator<[string, Stored]> {
  const start = Buffer.alloc(Math.min(file.size, 64))
  file.fill(start, 0)
  if (isPointer(start.toString('latin1'))) throw pointer(file.path)
  if (file.size < 8) throw cutShort(file.path)
  const length = Number(start.readBigUInt64LE())
  if (length > HEADER_LIMIT || 8 + length > file.size) throw cutShort(file.path)
  const bytes = Buffer.alloc(length)
  file.fill(bytes, 8)
  const header = parseJson(bytes.toString('utf8'), file.path)
  if (header === null || typeof header !== 'object') throw cutShort(file.path)
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue
    yield [name, storedAs(entry, file, 8 + length)]
  }
}

function storedAs(entry: unknown, file: WeightsFile, base: number): Stored {
  const { dtype, shape, data_offsets: offsets } = Object(entry)
  const dims: unknown[] = Array.isArray(shape) ? shape : [Number.NaN]
  const [from, to] = Array.isArray(offsets) ? offsets : []
  if (![...dims, from, to].every((value) => Number.isSafeInteger(value) && value >= 0))
    throw cutShort(file.path)
  const count = (dims as number[]).reduce((product, dim) => product * dim, 1)
  const type = TYPES.get(dtype)
  if (base + to > file.size || from > to || (type && count * BYTES[type] !== to - from))
    throw cutShort(file.path)
  return { file, dims: dims as number[], count, kind: String(dtype), type, offset: base + from }
}
