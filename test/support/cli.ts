/** Commands as people and scripts run them: in a folder, with something piped in, interrupted. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

const PROGRAM = resolve(import.meta.dirname, '../../bin/earshot.js')

export interface Running {
  pid: number
  stdout(): string
  stderr(): string
  kill(signal: NodeJS.Signals): void
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>
}

export function startCommand(
  args: readonly string[],
  { env, cwd, input }: { env: Record<string, string>; cwd?: string; input?: Buffer },
): Running {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env,
    ...(cwd !== undefined && { cwd }),
    stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  if (input) child.stdin!.on('error', () => {}).end(input)
  return {
    pid: child.pid!,
    stdout: () => stdout,
    stderr: () => stderr,
    kill: (signal) => child.kill(signal),
    ended: new Promise((done) => child.once('close', (code) => done({ code, stdout, stderr }))),
  }
}
