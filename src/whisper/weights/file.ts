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
  const file = openSync(path, 'r')
  const { size } = fstatSync(file)
  return {
    path,
    size,
    fill(bytes, offset) {
      if (offset + bytes.length > size) throw cutShort(path)
      for (let done = 0; done < bytes.length; ) {
        const read = readSync(file, bytes, done, Math.min(bytes.length - done, READ_LIMIT), offset + done)
        if (read === 0) throw cutShort(path)
        done += read
      }
    },
    close: () => closeSync(file),
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

export function readText(folder: string, name: string): string | undefined {
  const path = join(folder, name)
  if (!existsSync(path)) return undefined
  const stat = statSync(path)
  if (!stat.isFile()) throw new WeightsError(`${path} is not a file`)
  if (stat.size > JSON_LIMIT)
    throw new WeightsError(`${path} has ${stat.size} bytes: too many for such a file; fetch it again`)
  const text = readFileSync(path, 'utf8')
  if (isPointer(text)) throw pointer(path)
  return text
}

export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new WeightsError(`${path} is no valid JSON (${(error as Error).message}): fetch it again`)
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
