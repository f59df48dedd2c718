import { createWriteStream } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Input } from './inputs.ts'
import type { Heard } from './report.ts'

/** Who turns recordings into text: this machine, or a server. */
export interface Ear {
  /** How many recordings it is best given at once. */
  atOnce: number
  /** @param onProgress 0 to 1 */
  hear(input: Input, onProgress: (fraction: number) => void, signal: AbortSignal): Promise<Heard>
  close(): Promise<void>
}

/** A folder of its own for each recording that is not a file here yet. */
export const folderIn = (scratch: string): Promise<string> => mkdtemp(join(scratch, 'input-'))

/** What is piped in may have its index at the end: it is heard when it is whole. */
export async function spooledStdin(scratch: string, signal: AbortSignal): Promise<string> {
  const path = join(await folderIn(scratch), 'stdin')
  await pipeline(process.stdin, createWriteStream(path), { signal })
  return path
}
