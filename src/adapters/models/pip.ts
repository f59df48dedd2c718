import { spawn } from 'node:child_process'
import { ModelError } from '../../ports/model-library.ts'

/** A command line that runs pip. */
export type Pip = readonly [command: string, ...args: string[]]

const CANDIDATES: readonly Pip[] = [
  ['python3', '-m', 'pip'],
  ['/usr/bin/python3', '-m', 'pip'],
  ['python', '-m', 'pip'],
  ['pip3'],
  ['pip'],
]
const LOOK_MS = 20_000
/** 150 MB at a slow line's 250 kB/s. */
const DOWNLOAD_MS = 10 * 60_000
/** pip's own: of silence on a connection, after which it tries again. */
const SILENCE_SECONDS = '20'
const RETRIES = '1'

/** @throws ModelError where there is none */
export async function findPip(signal: AbortSignal): Promise<Pip> {
  for (const pip of CANDIDATES) {
    const { ok } = await run([...pip, '--version'], { signal, timeoutMs: LOOK_MS })
    if (ok) return pip
  }
  throw new ModelError('there is no Python with pip')
}

/** Fetches wheels, without running anything of them. @throws ModelError with pip's reason */
export async function runPip(
  pip: Pip,
  { requirements, into, signal }: { requirements: readonly string[]; into: string; signal: AbortSignal },
): Promise<void> {
  const options = ['--no-deps', '--only-binary', ':all:', '--no-cache-dir', '--progress-bar', 'off']
  const patience = ['--timeout', SILENCE_SECONDS, '--retries', RETRIES]
  const plain = ['--no-input', '--disable-pip-version-check', '--dest', into]
  const { ok, stderr, timedOut } = await run(
    [...pip, 'download', ...options, ...patience, ...plain, ...requirements],
    // What pip has half of lies in its temporary folder: here, it goes with the rest.
    { signal, timeoutMs: DOWNLOAD_MS, env: { TMPDIR: into, TMP: into, TEMP: into } },
  )
  if (!ok) throw new ModelError(timedOut ? 'pip took too long' : `pip: ${reasonIn(stderr)}`)
}

/** The first line that is an error: the ones after it follow from it. */
function reasonIn(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim())
  const error = lines.find((line) => line.startsWith('ERROR:')) ?? lines.find((line) => line !== '')
  return error?.replace(/^ERROR: /, '').slice(0, 300) ?? 'it failed'
}

interface Ended {
  ok: boolean
  stderr: string
  timedOut: boolean
}

function run(
  [command, ...args]: readonly [string, ...string[]],
  { signal, timeoutMs, env }: { signal: AbortSignal; timeoutMs: number; env?: Record<string, string> },
): Promise<Ended> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    })
    let stderr = ''
    let timedOut = false
    const kill = (): boolean => child.kill('SIGKILL')
    const limit = setTimeout(() => {
      timedOut = true
      kill()
    }, timeoutMs)
    signal.addEventListener('abort', kill, { once: true })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-20_000)
    })
    const end = (ok: boolean): void => {
      clearTimeout(limit)
      signal.removeEventListener('abort', kill)
      if (signal.aborted) reject(signal.reason as Error)
      else resolve({ ok, stderr, timedOut })
    }
    child.once('error', () => end(false))
    child.once('close', (code) => end(code === 0))
  })
}
