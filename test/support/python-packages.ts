/** Packages of Python's registry, installed by pip itself, once for all later runs. */
import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CACHE, locked } from './cache.ts'

export interface PythonPackages {
  /** A value for `PYTHONPATH`. */
  folder: string
  /** Why there are none here: for the name of the tests that are skipped. */
  missing?: string
}

export function pythonPackages(name: string, requirements: readonly string[]): Promise<PythonPackages> {
  const version = createHash('sha256').update(requirements.join()).digest('hex').slice(0, 12)
  const folder = join(CACHE, 'python', `${name}-${version}`)
  return locked(`python-${name}`, async () => {
    if (existsSync(folder)) return { folder }
    const into = `${folder}.new`
    try {
      await rm(into, { recursive: true, force: true })
      const args = ['-m', 'pip', 'install', '-q', '--no-compile', '--target', into, ...requirements]
      await promisify(execFile)('python3', args)
      await rename(into, folder)
      return { folder }
    } catch {
      return { folder, missing: 'pip cannot install here' }
    }
  })
}

/** A python that has this package already. */
export function pythonWith(name: string): string {
  for (const command of ['python3', '/usr/bin/python3'])
    try {
      execFileSync(command, ['-c', `import ${name}`], { stdio: 'ignore' })
      return command
    } catch {}
  throw new Error(`no python3 with the package ${name}`)
}
