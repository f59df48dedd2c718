import { execFile } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { toyWhisper, writeCtranslate2 } from '../../../test/support/toy-whisper.ts'
import { openSession } from '../decoding/sessions.ts'
import { type PrepareOptions, prepare } from './prepare.ts'

let root: string
let built: number
let options: PrepareOptions
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'whisper-prepare-'))
  built = 0
  const folder = join(root, 'weights')
  writeCtranslate2(folder, toyWhisper({ encoderLayers: 1, decoderLayers: 1 }))
  options = { folder, into: join(root, 'graphs'), onBuild: () => built++ }
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const folders = (): string[] => readdirSync(options.into)
const inside = (file: string): string => join(options.into, folders()[0]!, file)

it('graphs are made once, and found again', () => {
  const made = prepare(options)
  const bytes = readFileSync(made.graphs.decoder)
  const found = prepare(options)
  expect(built).toBe(1)
  expect(found.graphs).toEqual(made.graphs)
  expect(found.shape).toEqual(made.shape)
  expect(found.spec).toEqual(made.spec)
  expect(readFileSync(found.graphs.decoder)).toEqual(bytes)
  expect(folders()).toHaveLength(1)
})

it('a graphics card has its own', () => {
  prepare(options)
  prepare({ ...options, onCard: 'encoder' })
  expect(built).toBe(2)
  expect(folders()).toHaveLength(2)
})

it.each<[string, () => void]>([
  [
    'are of another format',
    () => {
      const manifest = JSON.parse(readFileSync(inside('whisper.json'), 'utf8'))
      writeFileSync(inside('whisper.json'), JSON.stringify({ ...manifest, format: manifest.format - 1 }))
    },
  ],
  ['were cut off', () => truncateSync(inside('decoder.bin'), 4096)],
  ['lack a file', () => rmSync(inside('encoder.onnx'))],
  ['have a manifest that is no JSON', () => writeFileSync(inside('whisper.json'), '{')],
])('graphs that %s are made anew, and run', async (_, damage) => {
  prepare(options)
  damage()
  const { graphs } = prepare(options)
  expect(built).toBe(2)
  expect(folders()).toHaveLength(1)
  for (const path of Object.values(graphs)) await openSession(path, { threads: 1, providers: ['cpu'] })
})

it('weights that changed have other graphs', () => {
  prepare(options)
  const later = new Date(Date.now() + 10_000)
  utimesSync(join(options.folder, 'model.bin'), later, later)
  prepare(options)
  expect(built).toBe(2)
})

it.each([
  [-1, 1],
  [1, 2],
])('graphs of other weights, whose format is %i later: %i folders remain', (later, remaining) => {
  prepare(options)
  const manifest = JSON.parse(readFileSync(inside('whisper.json'), 'utf8'))
  writeFileSync(inside('whisper.json'), JSON.stringify({ ...manifest, format: manifest.format + later }))
  const other = join(root, 'other')
  writeCtranslate2(other, toyWhisper({ encoderLayers: 1, decoderLayers: 1 }))
  prepare({ ...options, folder: other })
  expect(folders()).toHaveLength(remaining)
})

it('what a process left half made goes, and what another is making stays', () => {
  const ended = 2 ** 22 + 1
  mkdirSync(join(options.into, `.${ended}-gone`), { recursive: true })
  mkdirSync(join(options.into, `.${process.pid}-working`))
  prepare(options)
  expect(folders().filter((name) => name.startsWith('.'))).toEqual([`.${process.pid}-working`])
})

it('weights that are none leave nothing behind', () => {
  writeFileSync(join(options.folder, 'model.bin'), 'no weights')
  expect(() => prepare(options)).toThrow('model.bin')
  expect(folders()).toEqual([])
})

it('processes that begin at once all end with the same graphs', async () => {
  const script = join(root, 'prepare.mts')
  const module = JSON.stringify(new URL('./prepare.ts', import.meta.url).pathname)
  const { folder, into } = options
  writeFileSync(
    script,
    `import { prepare } from ${module}
     console.log(JSON.stringify(prepare(${JSON.stringify({ folder, into })}).graphs))`,
  )
  const run = promisify(execFile)
  const outputs = await Promise.all(
    Array.from({ length: 3 }, () => run(process.execPath, ['--import', 'tsx', script])),
  )
  const { graphs } = prepare(options)
  expect(built).toBe(0)
  for (const { stdout } of outputs) expect(JSON.parse(stdout)).toEqual(graphs)
  expect(folders()).toHaveLength(1)
  await openSession(graphs.encoder, { threads: 1, providers: ['cpu'] })
})
