import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Takes the data folder for this process alone. A lock whose process is gone is taken over.
 * @throws Error with one clear line where another server runs there
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  const path = join(dataDir, 'server.pid')
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, 'wx')
      await file.writeFile(`${process.pid}\n${await startOf(process.pid)}\n`)
      await file.close()
      return () => rm(path, { force: true })
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
      const [pid, start] = (await readFile(path, 'utf8').catch(() => '')).split('\n')
      if (pid && (await startOf(Number(pid))) === start && start !== '')
        throw new Error(`another Earshot (process ${pid}) serves from ${dataDir}`, { cause })
      await rm(path, { force: true })
    }
  }
  throw new Error(`the data folder ${dataDir} cannot be locked`)
}

/** When a process began, so that a number that was given out again is not taken for the old process. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (stat !== undefined) return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  try {
    process.kill(pid, 0)
    return 'alive'
  } catch {
    return ''
  }
}
