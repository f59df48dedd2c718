/**
 * Programs of others (ffmpeg, ffprobe, yt-dlp) read what strangers send: an MP4 of 626 bytes makes ffprobe take
 * 2.8 GB. They run within limits that the kernel holds them to, set by `prlimit` (util-linux, which is on every
 * Debian, Ubuntu, Fedora and Arch; on Alpine `apk add util-linux-misc`). It starts the program in its own place:
 * no further process, 1 ms.
 *
 * Where there is no `prlimit` (macOS, Windows) the limits of time and output that this program keeps itself are all.
 */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface ProcessLimits {
  /** What it may write to: heap, stacks and mapped memory together; of each process where it starts others. */
  memoryBytes: number
  /** Seconds that it may compute. */
  cpuSeconds?: number
  /** Largest file that it may write. */
  fileBytes: number
  openFiles: number
  /** How far it stands back for others, 0 to 19. */
  niceness?: number
}

/** The command that runs `command` within `limits`. */
export function limited(command: readonly string[], limits: ProcessLimits): [string, ...string[]] {
  const prlimit = findPrlimit()
  if (!prlimit) return command as [string, ...string[]]
  const { memoryBytes, cpuSeconds, fileBytes, openFiles, niceness } = limits
  const [first, ...more] = niceness === undefined ? [prlimit] : ['nice', '-n', String(niceness), prlimit]
  return [
    // Every system that has `prlimit` has `nice`.
    first!,
    ...more,
    // Not the address space: that counts what is only reserved, 128 MB for each thread's heap, and so would
    // depend on how many cores there are.
    `--data=${memoryBytes}`,
    ...(cpuSeconds === undefined ? [] : [`--cpu=${cpuSeconds}`]),
    `--fsize=${fileBytes}`,
    `--nofile=${openFiles}`,
    '--core=0',
    '--',
    ...command,
  ]
}

/** Whether it was `prlimit` that ended, because it found no such program. */
export const isMissing = (code: number | null, stderr: string): boolean =>
  code === 127 && stderr.startsWith('prlimit: failed to execute')

/** Undefined: this machine has none. Looked for each time, which is a few system calls. */
export function findPrlimit(path = process.env.PATH ?? ''): string | undefined {
  if (process.platform !== 'linux') return undefined
  return path
    .split(delimiter)
    .map((dir) => join(dir, 'prlimit'))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}
