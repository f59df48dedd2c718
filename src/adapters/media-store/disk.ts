import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { MediaMissing, type MediaStore } from '../../ports/media-store.ts'
import { madeOnce } from '../made-once.ts'
import { counter } from './count.ts'
import { probeFolder } from './probe-folder.ts'

/** Files under `root`. Written beside their place, flushed, then renamed: whole or not there. */
export function diskMediaStore(root: string): MediaStore {
  const pathOf = (key: string): string => join(root, key)
  return {
    async put(key, body, signal) {
      const path = pathOf(key)
      const part = `${path}.part`
      await mkdir(dirname(path), { recursive: true })
      const count = counter()
      try {
        await pipeline(body, count, createWriteStream(part, { flush: true }), { ...(signal && { signal }) })
        await rename(part, path)
        await flushDirectory(dirname(path))
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
      return count.result()
    },
    async open(key, range) {
      await mustExist(pathOf(key), key)
      return createReadStream(pathOf(key), range)
    },
    async local(key) {
      await mustExist(pathOf(key), key)
      return { path: pathOf(key), release: async () => {} }
    },
    async remove(key) {
      await rm(pathOf(key), { force: true })
      // Of a process that died while it wrote.
      await rm(`${pathOf(key)}.part`, { force: true })
    },
    async free() {
      await mkdir(root, { recursive: true })
      const { bavail, bsize } = await statfs(root)
      return bavail * bsize
    },
    async id() {
      await mkdir(root, { recursive: true })
      return madeOnce(join(root, '.id'), randomUUID, 0o644)
    },
    probe: () => probeFolder(root),
    // What was not whole has its key noted, and goes with `remove`.
    async tidy() {},
  }
}

async function mustExist(path: string, key: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new MediaMissing(key)
}

async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
