import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'

/** A folder whose process has not said for so long that it lives is nobody's. */
const FORGOTTEN_MS = 3_600_000
const SAY_MS = 60_000

/**
 * Files that a process needs for a while, in a folder of its own, whose time of change says that it lives. Others may
 * share the folder above, in containers too, where a process number says nothing.
 */
export function scratchFiles(dir: string): { path(): Promise<string>; tidy(): Promise<void> } {
  const own = join(dir, randomUUID())
  let living = false
  const sayAlive = (): void => {
    if (living) return
    living = true
    setInterval(() => void utimes(own, new Date(), new Date()).catch(() => {}), SAY_MS).unref()
  }

  return {
    /** A file that is not there yet. */
    async path() {
      await mkdir(own, { recursive: true })
      sayAlive()
      return join(own, randomUUID())
    },
    /** Removes what processes that died have left. */
    async tidy() {
      // This machine's own clock, as its files have it.
      const now = Date.now()
      for (const name of await readdir(dir).catch(() => [])) {
        const path = join(dir, name)
        if (path === own) continue
        const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }))
        if (mtimeMs < now - FORGOTTEN_MS) await rm(path, { recursive: true, force: true })
      }
    },
  }
}
