import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { scratch } from './media.ts'

/** A folder for the tests of one file, gone after them. `path` is there once they run. */
export function testFolder() {
  let folder: Awaited<ReturnType<typeof scratch>>
  beforeAll(async () => {
    folder = await scratch()
  })
  afterAll(() => folder.dispose())
  return {
    get path(): string {
      return folder.dir
    },
    /** @returns the file's path */
    async written(name: string, content: string | Buffer): Promise<string> {
      const path = join(folder.dir, name)
      await writeFile(path, content)
      return path
    },
  }
}
