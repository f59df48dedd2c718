/** Files beyond 2 and 4 GiB. They are mostly holes, which take no place on the disk. */
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ctranslate2, toyWhisper, writeHuggingFace } from '../../../test/support/toy-whisper.ts'
import { openWeights } from './open.ts'

const GIB = 2 ** 30
const toy = toyWhisper({ encoderLayers: 1, decoderLayers: 1 })
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'whisper-large-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Writes the parts one after another, and holes where there are numbers. */
function writeWithHoles(path: string, parts: readonly (Uint8Array | number)[]): void {
  const file = openSync(path, 'w')
  let at = 0
  for (const part of parts) {
    if (typeof part !== 'number') writeSync(file, part, 0, part.length, at)
    at += typeof part === 'number' ? part : part.length
  }
  closeSync(file)
}

function expectToy(): void {
  const weights = openWeights(folder)
  for (const [name, { values }] of toy.tensors)
    expect(Buffer.compare(Buffer.from(weights.read(name).buffer), Buffer.from(values.buffer)), name).toBe(0)
  weights.close()
}

it('are read in CTranslate2’s layout', () => {
  const whole = ctranslate2(toy, { type: 'float16', version: 6 })
  const start = 4 + 2 + 'WhisperSpec\0'.length + 4
  const head = Buffer.from(whole.subarray(0, start + 4))
  head.writeUInt32LE(head.readUInt32LE(start) + 2, start)
  const hole = (name: string): Buffer => {
    const record = Buffer.alloc(2 + name.length + 1 + 1 + 4 + 1 + 4)
    record.writeUInt16LE(name.length + 1)
    record.write(name, 2)
    const at = 2 + name.length + 1
    record.writeUInt8(1, at)
    record.writeUInt32LE(3 * GIB, at + 1)
    record.writeUInt8(1, at + 5)
    record.writeUInt32LE(3 * GIB, at + 6)
    return record
  }
  const rest = whole.subarray(start + 4)
  writeWithHoles(join(folder, 'model.bin'), [
    head,
    hole('a/numbers'),
    3 * GIB,
    hole('b/numbers'),
    3 * GIB,
    rest,
  ])
  expectToy()
  rmSync(join(folder, 'model.bin'))
})

it('are read in Hugging Face’s layout', () => {
  const small = join(folder, 'small')
  mkdirSync(small)
  writeHuggingFace(small, toy)
  const whole = readFileSync(join(small, 'model.safetensors'))
  const end = 8 + Number(whole.readBigUInt64LE())
  const header = JSON.parse(whole.toString('utf8', 8, end)) as Record<string, { data_offsets?: number[] }>
  for (const entry of Object.values(header))
    entry.data_offsets = entry.data_offsets?.map((offset) => offset + 5 * GIB)
  const text = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  writeWithHoles(join(folder, 'model.safetensors'), [length, text, 5 * GIB, whole.subarray(end)])
  expectToy()
})
