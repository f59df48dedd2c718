/** The hub cannot be reached, and Python packages can: pip itself, and the real packages. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { appendFile, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cachedPackages, NO_HUB } from '../../../test/support/packages.ts'
import type { PullProgress } from '../../ports/model-library.ts'
import { readModelFolder } from '../engine/folder.ts'
import { CATALOGUE } from './catalogue.ts'
import { modelLibrary } from './library.ts'
import { WHISPER_BASE_PACKAGES } from './packages.ts'
import { mirrorSource } from './source.ts'
import { readFromWheel } from './wheel.ts'

const { env, missing } = await cachedPackages()
const usePackages = (links = env.PIP_FIND_LINKS): void => {
  vi.stubEnv('PIP_FIND_LINKS', links)
  vi.stubEnv('PIP_NO_INDEX', '1')
}

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-packages-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(dir, { recursive: true, force: true })
})

const models = (url = NO_HUB) => modelLibrary({ dir: join(dir, 'models'), source: mirrorSource(url) })

async function pull(url?: string, signal = new AbortController().signal): Promise<PullProgress[]> {
  const seen: PullProgress[] = []
  await models(url).pull('whisper-base', (progress) => seen.push(progress), signal)
  return seen
}

const inModels = (name: string): string => join(dir, 'models', name)
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

describe.skipIf(missing)(
  `whisper-base where the hub cannot be reached${missing ? `: ${missing}` : ''}`,
  () => {
    it('comes as Python packages, verified, and is a model like any other', async () => {
      usePackages()
      const seen = await pull()
      expect(seen[0]!.note).toMatch(/127\.0\.0\.1:9 does not give it; trying Python packages/)
      for (const { name, sha256: expected } of WHISPER_BASE_PACKAGES.files)
        expect(sha256(join(inModels('whisper-base'), name)), name).toBe(expected)
      expect(readdirSync(inModels('.partial'))).toEqual([])
      expect(readModelFolder(inModels('whisper-base')).description).toMatchObject({
        model: 'whisper-base',
        family: 'whisper',
        translates: true,
      })
      expect(models().installed()).toEqual(['whisper-base'])
    })

    it('and the packages are not what was published: nothing is installed', async () => {
      const links = join(dir, 'links')
      await cp(env.PIP_FIND_LINKS!, links, { recursive: true })
      for (const file of await readdir(links)) await appendFile(join(links, file), 'x')
      usePackages(links)
      await expect(pull()).rejects.toThrow(/cannot be fetched .*Nor does it come as Python packages/)
      expect(existsSync(inModels('whisper-base'))).toBe(false)
      expect(readdirSync(inModels('.partial/whisper-base@packages'))).toEqual([])
    })

    it('is stopped', async () => {
      usePackages()
      const stop = new AbortController()
      const stopped = models().pull(
        'whisper-base',
        ({ note }) => note && stop.abort(new Error('enough')),
        stop.signal,
      )
      await expect(stopped).rejects.toThrow('enough')
      expect(existsSync(inModels('whisper-base'))).toBe(false)
    })
  },
)

describe('a hub', () => {
  let server: Server
  let answer: Parameters<typeof createServer>[1]
  beforeEach(async () => {
    server = createServer((request, response) => answer?.(request, response))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    // No packages either: what is told is why.
    usePackages(dir)
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  it.skipIf(missing)('that never answers is given up once, and soon', async () => {
    usePackages()
    let asked = 0
    answer = () => {
      asked += 1
    }
    const library = modelLibrary({ dir: join(dir, 'models'), source: mirrorSource(url()), idleMs: 100 })
    await library.pull('whisper-base', () => {}, new AbortController().signal)
    expect(asked).toBe(1)
    expect(library.installed()).toEqual(['whisper-base'])
  })

  it.each([403, 502])('that refuses everything (%i) is one that cannot be reached', async (status) => {
    answer = (_, response) => response.writeHead(status).end()
    await expect(pull(url())).rejects.toThrow(/Nor does it come as Python packages: .*pip/)
  })

  it('that gives other bytes than were published is not to be trusted, whatever else there is', async () => {
    answer = (_, response) => response.end('x'.repeat(2309))
    await expect(pull(url())).rejects.toThrow(/is not the file that was published(?!.*Python)/s)
  })

  it('is the only way to a model that is in no packages', async () => {
    const model = CATALOGUE.find(({ name }) => name === 'whisper-tiny')!
    const library = modelLibrary({ dir, source: mirrorSource(NO_HUB), catalogue: [model], pauses: [] })
    await expect(library.pull('whisper-tiny', () => {}, new AbortController().signal)).rejects.toThrow(
      /cannot be fetched from 127\.0\.0\.1:9 \(fetch failed: (?!.*Python)/s,
    )
  })
})

it('a system without Python says so', async () => {
  // Even /usr/bin/python3 cannot import pip then.
  await mkdir(join(dir, 'nothing/pip'), { recursive: true })
  await writeFile(join(dir, 'nothing/pip/__init__.py'), 'raise ImportError("none")\n')
  vi.stubEnv('PYTHONPATH', join(dir, 'nothing'))
  vi.stubEnv('PATH', dir)
  await expect(pull()).rejects.toThrow('Nor does it come as Python packages: there is no Python with pip')
})

describe('a wheel', () => {
  it.each(['', 'PK', 'x'.repeat(70_000)])('that is none is an error', async (content) => {
    const path = join(dir, 'x.whl')
    await writeFile(path, content)
    await expect(readFromWheel(path, 'a')).rejects.toThrow('no ZIP archive')
  })

  it.skipIf(missing)('lacks what is not in it', async () => {
    const path = join(env.PIP_FIND_LINKS!, WHISPER_BASE_PACKAGES.wheels[0]!.file)
    await expect(readFromWheel(path, 'nothing.txt')).rejects.toThrow('there is no nothing.txt in it')
  })
})
