import { createInterface } from 'node:readline'
import { isFromOutside, ToolKilled } from '../../processes/killed.ts'
import { isMissing, limited } from '../../processes/limited.ts'
import { startProgram } from '../../processes/program.ts'

const MAX_STDERR = 64 * 1024
const GRACE_MS = 2_000

/** Python itself takes little; what solves YouTube's riddles for it is a whole JavaScript engine. */
const LIMITS = { memoryBytes: 4 * 1024 ** 3, openFiles: 256 }

const NO_ROOM = /\[Errno (?:28|122)\]|No space left on device|Disk quota exceeded/

export interface RunOptions {
  cwd: string
  env: Record<string, string>
  signal: AbortSignal
  /** Longest stdout that is kept; a child that writes more is ended. */
  maxStdout: number
  /** Largest file that it may write. */
  maxFile: number
  onLine?: (line: string) => void
}

export interface Ended {
  /** Null when a signal ended it. */
  code: number | null
  stdout: string
  stderr: string
  overflowed: boolean
}

/**
 * Runs a command in a process group of its own and resolves when the whole of it has ended. An abort ends
 * the group, first kindly, and rejects with the signal's reason after the last process is gone.
 * @throws the system's error where the command cannot be started, or finds no room on the disk; ToolKilled
 */
export async function run(command: readonly string[], options: RunOptions): Promise<Ended> {
  options.signal.throwIfAborted()
  const program = startProgram(limited(command, { ...LIMITS, fileBytes: options.maxFile }), {
    cwd: options.cwd,
    env: options.env,
  })
  const ended: Ended = { code: null, stdout: '', stderr: '', overflowed: false }
  let forced: NodeJS.Timeout | undefined
  const stop = () => {
    program.kill('SIGTERM')
    forced ??= setTimeout(() => program.kill('SIGKILL'), GRACE_MS)
  }
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (ended.stderr.length < MAX_STDERR) ended.stderr += text
  })
  program.stdout.setEncoding('utf8')
  if (options.onLine) createInterface({ input: program.stdout }).on('line', options.onLine)
  else {
    program.stdout.on('data', (text: string) => {
      if (ended.stdout.length + text.length <= options.maxStdout) ended.stdout += text
      else {
        ended.overflowed = true
        stop()
      }
    })
  }
  options.signal.addEventListener('abort', stop, { once: true })
  try {
    const { code, signal, killed } = await program.ended
    if (!killed && isFromOutside(signal)) throw new ToolKilled('yt-dlp', signal)
    ended.code = code
  } finally {
    clearTimeout(forced)
    options.signal.removeEventListener('abort', stop)
  }
  options.signal.throwIfAborted()
  if (ended.code !== 0 && NO_ROOM.test(ended.stderr))
    throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' })
  if (isMissing(ended.code, ended.stderr))
    throw Object.assign(new Error(`${command[0]} cannot be started`), { code: 'ENOENT' })
  return ended
}
