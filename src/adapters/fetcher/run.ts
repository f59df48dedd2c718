import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { isFromOutside, ToolKilled } from '../../processes/killed.ts'
import { isMissing, limited } from '../../processes/limited.ts'

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
  const [program, ...args] = limited(command, { ...LIMITS, fileBytes: options.maxFile })
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended: Ended = { code: null, stdout: '', stderr: '', overflowed: false }
  const killGroup = (signal: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal)
    } catch {
      // The group is gone already.
    }
  }
  let forced: NodeJS.Timeout | undefined
  let stopped = false
  const stop = () => {
    stopped = true
    killGroup('SIGTERM')
    forced ??= setTimeout(() => killGroup('SIGKILL'), GRACE_MS)
  }
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (ended.stderr.length < MAX_STDERR) ended.stderr += text
  })
  child.stdout.setEncoding('utf8')
  if (options.onLine) createInterface({ input: child.stdout }).on('line', options.onLine)
  else {
    child.stdout.on('data', (text: string) => {
      if (ended.stdout.length + text.length <= options.maxStdout) ended.stdout += text
      else {
        ended.overflowed = true
        stop()
      }
    })
  }
  options.signal.addEventListener('abort', stop, { once: true })
  // What the program had started itself (a JavaScript runtime, a bundled Python) goes with it.
  child.once('exit', () => killGroup('SIGKILL'))
  try {
    ended.code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => {
        if (!stopped && isFromOutside(signal)) reject(new ToolKilled('yt-dlp', signal))
        else resolve(code)
      })
    })
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
