/** `models add`: any repository of a double of the hub, and folders. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeCertificate } from '../../../test/support/platform-double/certificate.ts'
import { writeToneModel } from '../../../test/support/tone.ts'
import { createGuard } from '../egress/index.ts'
import { readModelFolder } from '../engine/folder.ts'
import { type LocalModels, modelLibrary } from './library.ts'
import { hubSource, mirrorSource } from './source.ts'

const COMMIT = '0123456789abcdef0123456789abcdef01234567'
const OLDER = 'fedcba9876543210fedcba9876543210fedcba98'
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
const ct2 = (spec: string): Buffer =>
  Buffer.concat([
    Buffer.from([6, 0, 0, 0, spec.length + 1, 0]),
    Buffer.from(`${spec}\0`),
    randomBytes(50_000),
  ])
const TOKENIZER = json({
  model: { vocab: {}, merges: [] },
  added_tokens: ['endoftext', 'startoftranscript', 'en', 'de', 'translate'].map((token, k) => ({
    id: 50_257 + k,
    content: `<|${token}|>`,
  })),
})
const CT2 = {
  'config.json': json({ suppress_ids: [] }),
  'model.bin': ct2('WhisperSpec'),
  'tokenizer.json': TOKENIZER,
  'vocabulary.txt': Buffer.from('a\nb\n'),
  'README.md': Buffer.from('# read me'),
  '.gitattributes': Buffer.from('x'),
}
const HF = {
  'config.json': json({ model_type: 'whisper' }),
  'tokenizer.json': TOKENIZER,
  'model.safetensors': randomBytes(30_000),
}
type Repository = Record<string, Buffer>
const REPOSITORIES: Record<string, Repository> = {
  'someone/faster-whisper-medical': CT2,
  'someone/fine-tune': {
    ...HF,
    'generation_config.json': json({}),
    'merges.txt': Buffer.from('a b'),
    'vocab.json': json({}),
    'pytorch_model.bin': randomBytes(10),
    'model.fp32-00001-of-00002.safetensors': randomBytes(10),
    'onnx/model.onnx': randomBytes(10),
  },
  'someone/sharded': {
    'config.json': HF['config.json'],
    'tokenizer.json': TOKENIZER,
    'model.safetensors.index.json': json({
      weight_map: { a: 'model-00001-of-00002.safetensors', b: 'model-00002-of-00002.safetensors' },
    }),
    'model-00001-of-00002.safetensors': randomBytes(20_000),
    'model-00002-of-00002.safetensors': randomBytes(20_000),
  },
  'someone/pytorch': { 'config.json': HF['config.json'], 'pytorch_model.bin': randomBytes(10) },
  'someone/ggml': { 'ggml-base.bin': randomBytes(10) },
  'someone/poems': { 'README.md': Buffer.from('x') },
  'someone/no-tokens': { 'config.json': CT2['config.json'], 'model.bin': CT2['model.bin'] },
  'someone/bert': { ...HF, 'config.json': json({ model_type: 'bert' }) },
  'someone/translator': {
    ...CT2,
    'config.json': json({ bos_token: '<s>' }),
    'model.bin': ct2('TransformerSpec'),
  },
  'someone/in-disguise': { ...CT2, 'model.bin': ct2('TransformerSpec') },
}

let dir: string
let server: Server
let asked: IncomingMessage[]
let misbehave: (request: IncomingMessage, response: ServerResponse) => boolean
let library: LocalModels
const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const never = new AbortController().signal

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-hub-'))
  asked = []
  misbehave = () => false
  server = createServer((request, response) => {
    asked.push(request)
    if (!misbehave(request, response)) hub(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const source = mirrorSource(url(), 'secret-token')
  library = modelLibrary({ dir: join(dir, 'models'), source, pauses: [1], idleMs: 500 })
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await rm(dir, { recursive: true, force: true })
})

const hash = (algorithm: string, ...parts: (string | Buffer)[]): string =>
  parts.reduce((sum, part) => sum.update(part), createHash(algorithm)).digest('hex')

/** As the hub answers: large files by SHA-256, small ones by the id that Git gives them. */
function hub(request: IncomingMessage, response: ServerResponse): void {
  const path = decodeURIComponent(request.url!.replace(/^\//, ''))
  const [, listed, revision] = /^api\/models\/([^/]+\/[^/]+)\/revision\/([^?]+)\?blobs=true$/.exec(path) ?? []
  const [, held, , file] = /^([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(path) ?? []
  const files = REPOSITORIES[listed ?? held ?? '']
  if (!files) return void response.writeHead(401, { 'x-error-code': 'RepoNotFound' }).end()
  if (held) return void response.end(files[file!])
  if (!['main', 'v1', COMMIT].includes(revision!))
    return void response.writeHead(404, { 'x-error-code': 'RevisionNotFound' }).end()
  const siblings = Object.entries(files).map(([rfilename, bytes]) => ({
    rfilename,
    size: bytes.length,
    blobId: hash('sha1', `blob ${bytes.length}\0`, bytes),
    ...(bytes.length > 10_000 && {
      lfs: { sha256: hash('sha256', bytes), size: bytes.length, pointerSize: 134 },
    }),
  }))
  response.end(JSON.stringify({ id: listed, sha: revision === 'v1' ? OLDER : COMMIT, siblings }))
}

const add = (what: string, name?: string) => library.add(what, name, () => {}, never)
const filesIn = (name: string): string[] => readdirSync(join(dir, 'models', name)).sort()
const manifest = (name: string) =>
  JSON.parse(readFileSync(join(dir, 'models', name, 'earshot-model.json'), 'utf8'))
const fetched = (): string[] => asked.map(({ url }) => url!).filter((path) => path.includes('/resolve/'))

describe('a repository', () => {
  it('is fetched at the commit that it is at, what is needed of it, verified and written down', async () => {
    const seen: number[] = []
    const name = await library.add(
      'someone/faster-whisper-medical',
      undefined,
      ({ bytes }) => seen.push(bytes),
      never,
    )
    expect(name).toBe('faster-whisper-medical')
    const kept = ['config.json', 'model.bin', 'tokenizer.json', 'vocabulary.txt'] as const
    expect(filesIn(name)).toEqual([...kept, 'earshot-model.json'].sort())
    expect(fetched().every((path) => path.startsWith(`/someone/${name}/resolve/${COMMIT}/`))).toBe(true)
    const files = kept.map((file) => [file, { bytes: CT2[file].length, sha256: hash('sha256', CT2[file]) }])
    expect(manifest(name)).toEqual({
      family: 'whisperWeights',
      name,
      splitter: 'silero',
      source: { repository: `someone/${name}`, revision: COMMIT, files: Object.fromEntries(files) },
    })
    expect(seen.at(-1)).toBe(kept.reduce((sum, file) => sum + CT2[file].length, 0))
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(readdirSync(join(dir, 'models/.partial'))).toEqual([])
    expect(readModelFolder(library.folderOf(name)!).description).toMatchObject({
      model: name,
      languages: ['en', 'de'],
    })
  })

  it('is listed, chosen and removed like any other', async () => {
    await add('https://huggingface.co/someone/fine-tune', 'mine')
    expect((await library.list()).at(-1)).toMatchObject({
      name: 'mine',
      about: 'Added from someone/fine-tune (0123456).',
      languages: 'English, German',
      spoken: ['en', 'de'],
      own: { source: 'someone/fine-tune (0123456)', fault: null },
      installed: true,
      isDefault: false,
      memoryMb: null,
    })
    await library.use('mine')
    expect(await library.chosenName()).toBe('mine')
    await library.remove('mine')
    expect(library.installed()).toEqual([])
  })

  it('of Hugging Face’s layout gives its safetensors, in one file or many', async () => {
    await add('someone/fine-tune')
    expect(filesIn('fine-tune')).toEqual([
      'config.json',
      'earshot-model.json',
      'generation_config.json',
      'model.safetensors',
      'tokenizer.json',
    ])
    await add('someone/sharded@v1', 'shards')
    expect(filesIn('shards')).toEqual(
      [...Object.keys(REPOSITORIES['someone/sharded']!), 'earshot-model.json'].sort(),
    )
    expect(manifest('shards').source.revision).toBe(OLDER)
  })

  it.each([
    ['someone/pytorch', /PyTorch’s .*safetensors/],
    ['someone/ggml', /whisper\.cpp’s format/],
    ['someone/poems', /neither model\.safetensors nor CTranslate2’s model\.bin/],
    ['someone/no-tokens', /no tokenizer\.json/],
    ['someone/bert', /no Whisper model: its config\.json says bert/],
    ['someone/translator', /no Whisper model/],
    ['someone/in-disguise', /no Whisper model of CTranslate2/],
    ['someone/nothing', /no such repository, or it needs a token .*EARSHOT_HUB_TOKEN or --token/],
    ['someone/fine-tune@v9', /does not have this revision/],
    ['one/two/three', /neither a folder nor a repository of the hub/],
    ['someone/..', /neither a folder nor a repository/],
    ['someone/fine-tune@../../x', /status 404|does not have/],
  ])('that is no use says why: %s', async (id, message) => {
    await expect(add(id)).rejects.toThrow(message)
    expect(library.installed()).toEqual([])
    expect(fetched().some((path) => /model\.(bin|safetensors)/.test(path))).toBe(id === 'someone/in-disguise')
    const partial = join(dir, 'models/.partial')
    expect(existsSync(partial) ? readdirSync(partial) : []).toEqual([])
  })

  it('that is gated says what to do', async () => {
    misbehave = (request, response) => {
      const gated = request.url!.includes('/resolve/')
      if (gated) response.writeHead(403, { 'x-error-code': 'GatedRepo' }).end()
      return gated
    }
    await expect(add('someone/fine-tune')).rejects.toThrow(
      /someone\/fine-tune on .* is gated: accept its licence .*token/,
    )
  })

  it.each(['config.json', 'model.bin'])('with another %s than it lists is not installed', async (file) => {
    misbehave = (request, response) => {
      const wrong = request.url!.endsWith(file)
      if (wrong) response.end(Buffer.alloc(CT2[file as 'config.json'].length))
      return wrong
    }
    await expect(add('someone/faster-whisper-medical')).rejects.toThrow(`${file} from 127.0.0.1`)
    expect(library.installed()).toEqual([])
    misbehave = () => false
    await add('someone/faster-whisper-medical')
  })

  it('that sends more than it lists is broken off', async () => {
    misbehave = (request, response) => {
      const endless = request.url!.endsWith('config.json')
      if (endless) {
        const timer = setInterval(() => response.write(Buffer.alloc(100_000)), 5)
        response.on('close', () => clearInterval(timer))
      }
      return endless
    }
    await expect(add('someone/fine-tune')).rejects.toThrow('is not the file that was published')
  })

  it('goes on where it broke off, and begins anew where it has changed', async () => {
    misbehave = (request, response) => {
      const breaks = request.url!.endsWith('model.bin')
      if (breaks) response.writeHead(500).end()
      return breaks
    }
    await expect(add('someone/faster-whisper-medical')).rejects.toThrow('answered 500')
    misbehave = () => false
    asked = []
    await add('someone/faster-whisper-medical')
    expect(fetched()).toHaveLength(1)
  })

  it('has a name that is free, and is one', async () => {
    await add('someone/fine-tune')
    await expect(add('someone/fine-tune')).rejects.toThrow('there is a model fine-tune already')
    await expect(add('someone/fine-tune', 'whisper-base')).rejects.toThrow('is a model of the catalogue')
    for (const name of ['../x', '.hidden', 'a/b', '', 'a b'])
      await expect(add('someone/sharded', name)).rejects.toThrow('is no name for a model')
  })

  it('of the catalogue is the catalogue’s, pinned', async () => {
    await expect(add('Systran/faster-whisper-tiny')).rejects.toThrow(
      /Systran\/faster-whisper-tiny\/resolve\/d90ca5fe/,
    )
  })
})

describe('a folder', () => {
  async function folder(files: Repository): Promise<string> {
    const path = join(dir, 'their-model')
    await mkdir(path)
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(path, name), bytes)
    return path
  }

  it('is copied, with what its owner says of it', async () => {
    const path = await folder({
      ...CT2,
      'earshot-model.json': json({
        family: 'whisperWeights',
        name: 'x',
        languages: ['de'],
        splitter: 'fixed',
      }),
    })
    expect(await add(path)).toBe('their-model')
    await rm(path, { recursive: true })
    expect(filesIn('their-model')).not.toContain('README.md')
    expect(readModelFolder(library.folderOf('their-model')!).description).toMatchObject({
      model: 'their-model',
      languages: ['de'],
      splitter: 'fixed',
    })
    expect(asked).toEqual([])
  })

  it('that is no use says why', async () => {
    await expect(add(join(dir, 'nowhere'))).rejects.toThrow('neither a folder nor a repository')
    await expect(add(await folder({ 'config.json': Buffer.from('{}') }))).rejects.toThrow('no model folder')
    await expect(add(join(dir, 'their-model/config.json'))).rejects.toThrow('is a file')
    await expect(add(writeToneModel(join(dir, 'tone')))).rejects.toThrow(
      /for sherpa-onnx: name it in EARSHOT_MODEL/,
    )
  })
})

describe('a token', () => {
  it('goes to the mirror that was named, and not to where that redirects', async () => {
    const store = createServer((request, response) => {
      asked.push(request)
      hub(request, response)
    })
    await new Promise<void>((done) => store.listen(0, 'localhost', done))
    misbehave = (request, response) => {
      const moved = request.url!.includes('/resolve/')
      const { port } = store.address() as AddressInfo
      if (moved) response.writeHead(302, { location: `http://localhost:${port}${request.url}` }).end()
      return moved
    }
    await add('someone/fine-tune')
    store.closeAllConnections()
    store.close()
    const told = asked.map(({ headers }) => [headers.host!.split(':')[0], headers.authorization])
    expect(
      told.filter(([host]) => host === '127.0.0.1').every(([, token]) => token === 'Bearer secret-token'),
    ).toBe(true)
    expect(told.filter(([host]) => host === 'localhost')).toHaveLength(4)
    expect(told.filter(([host, token]) => host === 'localhost' && token !== undefined)).toEqual([])
  })

  it('goes to the hub, and not to its stores', async () => {
    const made = await makeCertificate(dir, ['huggingface.co', 'cdn-lfs.hf.co', 'evil.example'])
    const told: string[] = []
    let location = ''
    const secure = createSecureServer({ key: made.key, cert: made.cert }, (request, response) => {
      told.push(`${request.headers.host} ${request.headers.authorization ?? 'nothing'}`)
      const first = request.headers.host === 'huggingface.co' && !request.url!.startsWith('/cache')
      if (first) response.writeHead(307, { location }).end()
      else response.end('bytes')
    })
    await new Promise<void>((done) => secure.listen(0, '127.0.0.1', done))
    const guard = createGuard({
      dial: { host: '127.0.0.1', port: (secure.address() as AddressInfo).port },
      caFile: made.caFile,
    })
    const source = hubSource(guard, 'secret-token')
    const follow = async (to: string): Promise<string[]> => {
      told.length = 0
      location = to
      await source.get('a/b/resolve/main/model.bin', 0, never).then(({ body }) => body.destroy())
      return told.slice(1)
    }
    expect(await follow('/cache/model.bin')).toEqual(['huggingface.co Bearer secret-token'])
    expect(await follow('https://cdn-lfs.hf.co/x')).toEqual(['cdn-lfs.hf.co nothing'])
    await expect(follow('https://evil.example/x')).rejects.toThrow('the host is not one of models')
    secure.closeAllConnections()
    secure.close()
  })
})
