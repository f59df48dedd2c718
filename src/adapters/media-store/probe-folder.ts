import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const BYTES = 4096

/** Resolves when a folder can be written to. @throws the system's error */
export async function probeFolder(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  const path = join(dir, `.probe-${process.pid}`)
  try {
    // Not empty: a full disk takes any number of empty files.
    await writeFile(path, Buffer.alloc(BYTES, 1))
  } finally {
    await rm(path, { force: true })
  }
}
