/** Programs of others (ffmpeg, ffprobe, yt-dlp), each in a process group of its own that ends with it. */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { sessionGoesBehindServer } from './priority.ts'

export interface ProgramOptions {
  cwd?: string
  /** All of it: nothing of this process's own is added. */
  env: Record<string, string>
  /** Whether it is written to. */
  stdin?: boolean
}

export interface Exit {
  /** Null: a signal ended it. */
  code: number | null
  signal: NodeJS.Signals | null
  /** Whether `kill` had reached it. Else a signal came from somebody else, or was its own fault. */
  killed: boolean
}

export interface Program {
  /** @throws what `ended` rejects with; Error where no stdin was asked for */
  stdin(): Promise<Writable>
  stdout: Readable
  stderr: Readable
  /** Sends a signal to it and to whatever it started. Once it has ended, this does nothing. */
  kill(signal: NodeJS.Signals): void
  /** Resolves when it has ended and all that it wrote was read. @throws the system's error where it cannot be started */
  ended: Promise<Exit>
}

export type StartProgram = (command: readonly string[], options: ProgramOptions) => Program

let start: StartProgram = startHere

export const startProgram: StartProgram = (command, options) => start(command, options)

/** Has programs started in another way, or again as child processes of this one. */
export function startProgramsBy(way: StartProgram = startHere): void {
  start = way
}

export function startHere(command: readonly string[], options: ProgramOptions): Program {
  const child = spawnGroup(command, options, [options.stdin ? 'pipe' : 'ignore', 'pipe', 'pipe'])
  const { stdin, stdout, stderr } = child as ChildProcess & { stdout: Readable; stderr: Readable }
  let killed = false
  const ended = new Promise<Exit>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, killed }))
  })
  ended.catch(() => {}) // whoever awaits it hears of it; nobody may be, yet
  return {
    async stdin() {
      if (!stdin) throw new Error('the program was started without an input')
      return stdin
    },
    stdout,
    stderr,
    kill(signal) {
      if (killGroup(child, signal)) killed = true
    },
    ended,
  }
}

/** A child process that leads a group, which is killed when it ends: what it had started goes with it. */
export function spawnGroup(
  [program = '', ...args]: readonly string[],
  { cwd, env }: ProgramOptions,
  stdio: StdioOptions,
): ChildProcess {
  const options = { detached: process.platform !== 'win32', windowsHide: true, cwd, env, stdio }
  const child = spawn(program, args, options)
  if (child.pid !== undefined) sessionGoesBehindServer(child.pid)
  child.once('exit', () => signalGroup(child, 'SIGKILL'))
  return child
}

/** @returns false: it had ended already */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals): boolean {
  const runs = child.pid !== undefined && child.exitCode === null && child.signalCode === null
  if (runs) signalGroup(child, signal)
  return runs
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // None of it is left.
  }
}
