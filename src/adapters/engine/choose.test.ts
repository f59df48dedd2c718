import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WORDS, writeToneModel } from '../../../test/support/tone.ts'
import { writeToneWhisper } from '../../../test/support/tone-whisper.ts'
import { DEFAULT_MODEL } from '../models/catalogue.ts'
import { modelLibrary } from '../models/library.ts'
import type { CatalogueModel } from '../models/model.ts'
import { mirrorSource } from '../models/source.ts'
import { choose } from './choose.ts'
import { installedFolders } from './models/installed.ts'

let dir: string
let server: Server
let up: boolean
let said: string[]

/** The tone model in the place of the default one: small, and loaded like any other. */
function catalogueOf(tone: string): CatalogueModel[] {
  const files = ['tone.onnx', 'tokens.txt'].map((name) => {
    const bytes = readFileSync(join(tone, name))
    return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  })
  return [
    {
      name: DEFAULT_MODEL,
      about: 'Tones.',
      repository: 'someone/tone',
      revision: 'abc',
      files,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      manifest: { family: 'zipformerCtc', files: { model: 'tone.onnx', tokens: 'tokens.txt' } },
      licence: 'MIT',
      spoken: [],
      wordErrorRate: null,
      memoryMb: 1,
    },
  ]
}

const options = (model?: string) => {
  const { port } = server.address() as AddressInfo
  const models = modelLibrary({
    dir: join(dir, 'models'),
    source: mirrorSource(`http://127.0.0.1:${port}`),
    catalogue: catalogueOf(join(dir, 'tone')),
    pauses: [],
  })
  return {
    model,
    models,
    installed: installedFolders(models, (line) => said.push(line)),
    logger: { info: (line: string) => said.push(line), warn: (line: string) => said.push(line) },
  }
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-choose-'))
  writeToneModel(join(dir, 'tone'))
  up = true
  said = []
  server = createServer((request, response) => {
    if (!up) return void response.destroy()
    response.end(readFileSync(join(dir, 'tone', basename(request.url ?? ''))))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
afterEach(async () => {
  server.close()
  await rm(dir, { recursive: true, force: true })
})

describe('where no model is named', () => {
  it('the default one is fetched, with its progress told, and is there the next time', async () => {
    expect(await choose(options())).toMatchObject({
      kind: 'model',
      folder: { description: { model: DEFAULT_MODEL, standIn: false } },
    })
    expect(said[0]).toContain(`fetching the model ${DEFAULT_MODEL}`)
    expect(said.at(-1)).toContain('100 %')
    up = false
    said = []
    expect(await choose(options())).toMatchObject({ kind: 'model' })
    expect(said).toEqual([])
  })

  it('and it cannot be fetched, the stand-in takes its place, loudly', async () => {
    up = false
    expect(await choose(options())).toMatchObject({ kind: 'stand-in' })
    expect(said.at(-1)).toMatch(/PocketSphinx stands in .* cannot be fetched .* EARSHOT_MODELS_URL/)
  })
})

describe('a model that is named', () => {
  it('is a folder where it looks like one', async () => {
    expect(await choose(options(join(dir, 'tone')))).toMatchObject({ kind: 'model' })
    await expect(choose(options('./nowhere'))).rejects.toThrow(/nowhere/)
  })

  it('is fetched from the catalogue, and nothing takes its place where that fails', async () => {
    expect(await choose(options(DEFAULT_MODEL))).toMatchObject({ kind: 'model' })
    await options().models.remove(DEFAULT_MODEL)
    up = false
    await expect(choose(options(DEFAULT_MODEL))).rejects.toThrow('cannot be fetched')
  })

  it('is in the catalogue', async () => {
    await expect(choose(options('whisper-huge'))).rejects.toThrow(
      `there is no model whisper-huge in the catalogue; there are ${DEFAULT_MODEL}`,
    )
  })

  it('may be the stand-in', async () => {
    expect(await choose(options('pocketsphinx'))).toMatchObject({ kind: 'stand-in' })
  })
})

describe('auto', () => {
  const whisper = (name: string) => writeToneWhisper(join(dir, 'models', name), { name })
  const chosen = async (model: string | undefined, wish = {}) => {
    const choice = await choose({ ...options(model), wish })
    return { auto: choice.auto, model: choice.kind === 'model' && choice.folder.description.model }
  }

  it('is what is fetched where there is nothing, or the stand-in', async () => {
    expect(await chosen('auto')).toEqual({ auto: true, model: DEFAULT_MODEL })
    await options().models.remove(DEFAULT_MODEL)
    up = false
    expect(await choose(options('auto'))).toMatchObject({ kind: 'stand-in', auto: true })
  })

  it('begins with the best Whisper that is installed, or the operator’s', async () => {
    up = false
    for (const name of ['whisper-tiny', 'whisper-small']) whisper(name)
    const french = { languages: ['fr', 'it'], autoRank: 1 }
    writeToneModel(join(dir, 'models/french'), 'energy', WORDS, french)
    expect(await chosen('auto')).toEqual({ auto: true, model: 'whisper-small' })
    await options().models.use('whisper-tiny')
    expect(await chosen('auto')).toEqual({ auto: true, model: 'whisper-tiny' })
    await options().models.use('french')
    expect(await chosen('auto')).toEqual({ auto: true, model: 'whisper-small' })
    expect(await chosen('auto', { language: 'it' })).toEqual({ auto: true, model: 'french' })
  })

  it('may be the default', async () => {
    up = false
    whisper('whisper-small')
    await options().models.use('auto')
    expect(await chosen(undefined)).toEqual({ auto: true, model: 'whisper-small' })
    expect(await chosen('whisper-small')).toEqual({ auto: undefined, model: 'whisper-small' })
  })
})
