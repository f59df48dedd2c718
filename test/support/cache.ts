/** What tests fetch once, and keep for all files and later runs. */
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export const CACHE = join(import.meta.dirname, '../../.cache')

/** One at a time of that name, of all processes. */
export async function locked<T>(name: string, run: () => Promise<T>): Promise<T> {
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
