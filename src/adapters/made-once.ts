import { randomUUID } from 'node:crypto'
import { link, open, readFile, rm } from 'node:fs/promises'

/**
 * Reads a file's text, and creates the file if it does not exist. If several processes do this at once, on any machine
 * that shares the folder, all of them read what the first one wrote: the file is written completely before it gets its
 * name.
 */
export async function madeOnce(path: string, make: () => string, mode: number): Promise<string> {
  const found = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (found !== undefined) return found
  const draft = `${path}-${randomUUID()}`
  const handle = await open(draft, 'wx', mode)
  try {
    await handle.writeFile(make())
    await handle.sync()
  } finally {
    await handle.close()
  }
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft, { force: true })
  return readFile(path, 'utf8')
}
