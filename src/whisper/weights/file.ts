/** Files of weights: read at offsets, never whole, so that gigabytes need no memory; small JSON files whole. */
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { WeightsError } from './weights.ts'

export interface WeightsFile {
  readonly path: string
  readonly size: number
  /** Fills `bytes` from `offset` on. */
  fill(bytes: Uint8Array, offset: number): void
  close(): void
}

/** A large tokenizer.json has 4 MB; what is far larger is none. */
const JSON_LIMIT = 64 * 1024 * 1024
/** Below 2 GiB, which no one read may exceed. */
const READ_LIMIT = 1 << 30

export function openFile(path: string): WeightsFile {
  const { file, size } = attempt(path, () => {
    requireFile(path)
    const file = openSync(path, 'r')
    return { file, size: fstatSync(file).size }
  })
  return {
    path,
    size,
    fill(bytes, offset) {
      if (offset + bytes.length > size) throw cutShort(path)
      for (let done = 0; done < bytes.length; ) {
        const length = Math.min(bytes.length - done, READ_LIMIT)
        const read = attempt(path, () => readSync(file, bytes, done, length, offset + done))
        if (read === 0) throw cutShort(path)
        done += read
      }
    },
    close: () => closeSync(file),
  }
}

/** Before it is opened: to open a pipe would wait for who writes to it. */
function requireFile(path: string): void {
  if (!statSync(path).isFile()) throw new WeightsError(`${path} is not a file: fetch it again`)
}

/** What the system refuses becomes a line that names the file. */
function attempt<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof WeightsError) throw error
    throw new WeightsError(`${path} can't be read: ${(error as Error).message}`)
  }
}

/** @returns undefined where there is no such file */
export function readJson(folder: string, name: string): Record<string, unknown> | undefined {
  const text = readText(folder, name)
  if (text === undefined) return undefined
  const value = parseJson(text, join(folder, name))
  if (value === null || typeof value !== 'object')
    throw new WeightsError(`${join(folder, name)} holds no JSON object: fetch it again`)
  return value as Record<string, unknown>
}

/** @param head no more than so many bytes of it. @returns undefined where there is no such file */
export function readText(folder: string, name: string, head?: number): string | undefined {
  const path = join(folder, name)
  if (!existsSync(path)) return undefined
  const text = attempt(path, () => {
    requireFile(path)
    const { size } = statSync(path)
    if (size > JSON_LIMIT)
      throw new WeightsError(`${path} has ${size} bytes: too many for such a file; fetch it again`)
    return head === undefined ? readFileSync(path, 'utf8') : readHead(path, head)
  })
  if (isPointer(text)) throw pointer(path)
  return text
}

function readHead(path: string, length: number): string {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(length)
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, length, 0))
  } finally {
    closeSync(file)
  }
}

export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not the parser's message: it shows a piece of the file, of any length, line breaks and all.
    throw new WeightsError(`${path} is no valid JSON, or cut short: fetch it again`)
  }
}

/** What `git clone` leaves in place of a large file where Git LFS is not installed. */
export const isPointer = (start: string): boolean => start.startsWith('version https://git-lfs')

export function pointer(path: string): WeightsError {
  return new WeightsError(
    `${path} is only Git LFS's pointer to the file: run "git lfs pull" in its folder, or fetch the model again`,
  )
}

export function cutShort(path: string): WeightsError {
  return new WeightsError(`${basename(path)} is damaged or cut short (${path}): fetch it again`)
}

/** Something out of a file, fit for a message. */
export const shown = (value: unknown): string => String(JSON.stringify(value)).slice(0, 60)
