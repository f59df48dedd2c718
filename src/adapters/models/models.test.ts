/** Models are fetched from a local server that is slow, breaks off, lies, and is not there. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CATALOGUE, DEFAULT_MODEL } from './catalogue.ts'
import { type LocalModels, modelLibrary } from './library.ts'
import type { CatalogueModel } from './model.ts'
import { mirrorSource } from './source.ts'

const model = randomBytes(300_000)
const tokens = Buffer.from('a 0\nb 1\n')
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

const CATALOGUE_OF_ONE: CatalogueModel[] = [
  {
    name: 'toy',
    about: 'For tests.',
    repository: 'someone/toy',
    revision: 'abc',
    files: [
      { name: 'model.onnx', bytes: model.length, sha256: sha256(model) },
      { name: 'tokens.txt', sha256: sha256(tokens) },
    ],
    bytes: model.length + tokens.length,
    manifest: { family: 'zipformerCtc', files: { model: 'model.onnx', tokens: 'tokens.txt' } },
    licence: 'MIT',
    spoken: ['en'],
    wordErrorRate: null,
    memoryMb: 1,
  },
]
/** It helps others, and its files lie in two places. */
const HELPER: CatalogueModel = {
  ...CATALOGUE_OF_ONE[0]!,
  name: 'helper',
  files: [
    {
      name: 'one.onnx',
      sha256: sha256(model),
      from: { repository: 'a/b', revision: 'r1', name: 'model.onnx' },
    },
    {
      name: 'two.txt',
      sha256: sha256(tokens),
      from: { repository: 'c/d', revision: 'r2', name: 'tokens.txt' },
    },
  ],
  manifest: { kind: 'diarization', files: { segmentation: 'one.onnx', embedding: 'two.txt' } },
}

let dir: string
let server: Server
let asked: { url: string; range: string | undefined }[]
let misbehave: (n: number, request: IncomingMessage, response: ServerResponse) => boolean
let library: LocalModels

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-models-'))
  asked = []
  misbehave = () => false
  server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', range: request.headers.range })
    if (misbehave(asked.length, request, response)) return
    serve(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mirror/`
  const source = mirrorSource(url)
  library = modelLibrary({ dir, source, catalogue: CATALOGUE_OF_ONE, pauses: [1, 1], idleMs: 300 })
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await rm(dir, { recursive: true, force: true })
})

function serve(request: IncomingMessage, response: ServerResponse): void {
  const bytes = { 'model.onnx': model, 'tokens.txt': tokens }[request.url?.split('/').at(-1) ?? '']
  if (!bytes) return void response.writeHead(404).end()
  const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
  const headers = { 'content-length': bytes.length - from }
  if (from === 0) response.writeHead(200, headers)
  else
    response.writeHead(206, {
      ...headers,
      'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}`,
    })
  response.end(bytes.subarray(from))
}

const pull = (onProgress: (p: { bytes: number; total: number }) => void = () => {}) =>
  library.pull('toy', onProgress, new AbortController().signal)

const installed = () => existsSync(join(dir, 'toy', 'earshot-model.json'))

describe('a model', () => {
  it('is fetched, verified and put in its place with a manifest', async () => {
    const seen: number[] = []
    await pull(({ bytes }) => seen.push(bytes))
    expect(asked[0]!.url).toBe('/mirror/someone/toy/resolve/abc/model.onnx')
    expect(readFileSync(join(dir, 'toy/model.onnx')).equals(model)).toBe(true)
    expect(JSON.parse(readFileSync(join(dir, 'toy/earshot-model.json'), 'utf8'))).toEqual({
      name: 'toy',
      splitter: 'silero',
      family: 'zipformerCtc',
      files: { model: 'model.onnx', tokens: 'tokens.txt' },
    })
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(model.length + tokens.length)
    expect(readdirSync(join(dir, '.partial'))).toEqual([])
    expect(await library.list()).toMatchObject([{ name: 'toy', installed: true, isDefault: false }])
    await pull()
    expect(asked).toHaveLength(2) // it is there already
  })

  it('goes on where the connection broke off', async () => {
    misbehave = (n, request, response) => {
      if (n > 3) return false
      const from = Number(/=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
      response.writeHead(n === 1 ? 200 : 206, {
        'content-length': model.length - from,
        ...(n > 1 && { 'content-range': `bytes ${from}-${model.length - 1}/${model.length}` }),
      })
      response.write(model.subarray(from, from + 50_000), () => setTimeout(() => response.destroy(), 20))
      return true
    }
    await pull()
    const from = asked.slice(0, 4).map(({ range }) => Number(/=(\d+)-/.exec(range ?? '')?.[1] ?? 0))
    expect(from[0]).toBe(0)
    // What was on the way when the connection broke may be lost.
    for (const [k, at] of from.slice(1).entries()) expect(at).toBeGreaterThanOrEqual(from[k]!)
    expect(from.at(-1)).toBeGreaterThan(0)
    expect(readFileSync(join(dir, 'toy/model.onnx')).equals(model)).toBe(true)
  })

  it('starts over where the server cannot resume', async () => {
    misbehave = (n, _, response) => {
      if (n === 1) {
        response.writeHead(200, { 'content-length': model.length })
        response.write(model.subarray(0, 1000), () => response.destroy())
        return true
      }
      if (n === 2) response.writeHead(200, { 'content-length': model.length }).end(model)
      return n === 2
    }
    await pull()
    expect(readFileSync(join(dir, 'toy/model.onnx')).equals(model)).toBe(true)
  })

  it('gives up a connection that says nothing, and tries again', async () => {
    misbehave = (n, _, response) => {
      if (n === 1) response.writeHead(200, { 'content-length': model.length }).write('x')
      return n === 1
    }
    const first = pull()
    await expect(first).rejects.toThrow(/SHA-256 differs/) // the byte that came was a wrong one
    await pull()
    expect(installed()).toBe(true)
  })

  it('is not installed with other bytes than were published, and none of them are kept', async () => {
    const other = Buffer.from(model)
    other[1234]! ^= 1
    misbehave = (n, _, response) => {
      if (n === 1) response.writeHead(200, { 'content-length': other.length }).end(other)
      return n === 1
    }
    await expect(pull()).rejects.toThrow(/model\.onnx .* is not the file that was published/)
    expect(installed()).toBe(false)
    expect(readdirSync(join(dir, '.partial/toy'))).toEqual([])
    await pull()
    expect(installed()).toBe(true)
  })

  it('keeps what came when the server stays in trouble, and says what to do', async () => {
    misbehave = (n, _, response) => {
      if (n === 1) {
        response.writeHead(200, { 'content-length': model.length })
        response.write(model.subarray(0, 40_000), () => setTimeout(() => response.destroy(), 20))
      } else response.writeHead(503).end()
      return true
    }
    await expect(pull()).rejects.toThrow(/cannot be fetched .*answered 503.* EARSHOT_MODELS_URL/)
    expect(asked).toHaveLength(4)
    misbehave = () => false
    await pull()
    expect(asked[4]!.range).toBe('bytes=40000-')
  })

  it('says so when it is not there', async () => {
    misbehave = (_, __, response) => {
      response.writeHead(404).end()
      return true
    }
    await expect(pull()).rejects.toThrow(
      /does not have someone\/toy\/resolve\/abc\/model\.onnx \(status 404\)/,
    )
    expect(asked).toHaveLength(1)
  })

  it('stops when told to', async () => {
    const stop = new AbortController()
    misbehave = (_, __, response) => {
      response
        .writeHead(200, { 'content-length': model.length })
        .write(model.subarray(0, 1000), () => stop.abort())
      return true
    }
    await expect(library.pull('toy', () => {}, stop.signal)).rejects.toThrow()
    expect(installed()).toBe(false)
  })

  it('is chosen and removed', async () => {
    await expect(library.use('toy')).rejects.toThrow('earshot models pull toy')
    await expect(library.use('nothing')).rejects.toThrow(/no model nothing in the catalogue; there are toy/)
    expect(await library.chosenName()).toBeUndefined()
    await pull()
    await library.use('toy')
    expect(await library.chosenName()).toBe('toy')
    expect(library.folderOf('toy')).toBe(join(dir, 'toy'))
    await library.remove('toy')
    expect(library.folderOf('toy')).toBeUndefined()
  })

  it('is never another folder', async () => {
    await mkdir(join(dir, '../earshot-elsewhere'), { recursive: true })
    writeFileSync(join(dir, 'earshot-model.json'), '{}')
    expect(library.folderOf('.')).toBeUndefined()
    expect(library.folderOf('../earshot-elsewhere')).toBeUndefined()
    await rm(join(dir, '../earshot-elsewhere'), { recursive: true })
  })
})

it('one that helps others is fetched from where its files lie, and recognises nothing', async () => {
  const source = mirrorSource(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const helpers = modelLibrary({ dir, source, catalogue: [...CATALOGUE_OF_ONE, HELPER], pauses: [] })
  await helpers.pull('helper', () => {}, new AbortController().signal)
  expect(asked.map(({ url }) => url)).toEqual(['/a/b/resolve/r1/model.onnx', '/c/d/resolve/r2/tokens.txt'])
  expect(readFileSync(join(dir, 'helper/one.onnx')).equals(model)).toBe(true)
  expect(JSON.parse(readFileSync(join(dir, 'helper/earshot-model.json'), 'utf8'))).toEqual(HELPER.manifest)
  expect(helpers.folderOf('helper')).toBe(join(dir, 'helper'))
  expect(helpers.installed()).toEqual([])
  expect(await helpers.list()).toMatchObject([{ recognises: true }, { recognises: false, installed: true }])
  await expect(helpers.use('helper')).rejects.toThrow('recognises no speech')
})

/** The one of whose small files no hash is known but the hub's own. */
const LISTED = 'whisper-distil-large-v3.5'

describe('the catalogue', () => {
  it('pins every file to a revision and a hash or the listing of it, and its sizes add up', () => {
    for (const { name, files, bytes, revision, manifest } of CATALOGUE) {
      expect(revision, name).toMatch(/^[\da-f]{40}$/)
      for (const file of files.filter(({ sha256 }) => sha256 !== undefined || name !== LISTED))
        expect(file.sha256, `${name} ${file.name}`).toMatch(/^[\da-f]{64}$/)
      expect(files.at(-1)!.sha256, name).toBeDefined()
      const sum = files.reduce((total, file) => total + (file.bytes ?? 0), 0)
      if (files.every((file) => file.bytes !== undefined)) expect(sum, name).toBe(bytes)
      else expect(sum, name).toBeLessThan(bytes)
      const there = files.map((file) => file.name)
      if ('files' in manifest)
        for (const file of Object.values(manifest.files)) expect(there, name).toContain(file)
      else expect(there, name).toEqual(expect.arrayContaining(['config.json', 'tokenizer.json', 'model.bin']))
    }
    expect(new Set(CATALOGUE.map((m) => m.name)).size).toBe(CATALOGUE.length)
    expect(CATALOGUE.map((m) => m.name)).toContain(DEFAULT_MODEL)
  })
})
