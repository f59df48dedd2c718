import type { Serializable } from 'node:child_process'
import { type ChildProcess, fork as forkNode } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isFromOutside, ToolKilled } from './killed.ts'

/** The variables that native code and the loader need. Nothing else, so no secret, reaches an engine. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'SystemRoot',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
]
const STDERR_LINES = 20
const STDERR_LINE_LENGTH = 500

/** A Node process of ours with a message channel, whose stderr is kept and whose end is known. */
export interface Child {
  readonly pid: number | null
  /** False when the process is gone; the message is dropped then. */
  send(message: Serializable): boolean
  onMessage(listener: (message: unknown) => void): void
  /** Every whole line that it writes to stderr. */
  onStderr(listener: (line: string) => void): void
  /** The last lines of stderr. */
  stderrTail(): string[]
  /** Resolves, never rejects, when the process is gone and its stderr is read to the end. */
  readonly ended: Promise<string>
  /** SIGKILL: these processes hold nothing that would have to be saved. */
  kill(): void
}

/** Those that were started before it was known what they are to do. */
const ahead = new Map<string, Child>()

/**
 * Starts a child before what it needs is known: the next `startChild` of its module takes it. A command has read its
 * own code by the time that the other process has read its libraries.
 * @returns ends it where nobody took it
 */
export function startAhead(module: URL): () => void {
  const child = fork(module)
  ahead.set(module.href, child)
  const forget = (): boolean => ahead.get(module.href) === child && ahead.delete(module.href)
  child.ended.then(forget)
  return () => {
    if (forget()) child.kill()
  }
}

/**
 * Starts a module of ours in a process of its own: as TypeScript through tsx where we run from source,
 * as it is where we run from dist. The module calls `serveParent` first.
 */
export function startChild(module: URL): Child {
  const child = ahead.get(module.href)
  ahead.delete(module.href)
  return child ?? fork(module)
}

function fork(module: URL): Child {
  const fromSource = module.pathname.endsWith('.ts')
  const child = forkNode(module, [], {
    serialization: 'advanced',
    execArgv: fromSource ? ['--import', tsx()] : [],
    env: {
      ...Object.fromEntries(
        PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
      ),
      // Else ONNX Runtime keeps notes for its makers in the temporary folder, to send them home past the guard.
      ORT_DISABLE_TELEMETRY: '1',
    },
    // stdout is ours to answer on (`earshot transcribe`): nothing that a native library prints may get there.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const tail: string[] = []
  const listeners: ((line: string) => void)[] = []
  readLines(child, (line) => {
    tail.push(line.slice(0, STDERR_LINE_LENGTH))
    if (tail.length > STDERR_LINES) tail.shift()
    for (const listener of listeners) listener(line)
  })
  const ended = whenEnded(child)
  // A write to a process that has just died; its end is reported by `ended`.
  child.on('error', () => {})
  return {
    pid: child.pid ?? null,
    send: (message) => child.connected && child.send(message, undefined, {}, () => {}),
    onMessage: (listener) => child.on('message', listener),
    onStderr: (listener) => listeners.push(listener),
    stderrTail: () => [...tail],
    ended,
    kill: () => void child.kill('SIGKILL'),
  }
}

/**
 * The sibling of a module, with the ending that its own file has (`.ts` from source, `.js` from dist, where
 * every `*.host.ts` is built as a program of its own). From source, `BUILT_HOSTS` may name the folder that they
 * were built into: a process starts there in 0.15 s of processor time, and in 0.5 s through tsx. Our tests, which start
 * hundreds, set it.
 */
export function siblingModule(name: string, importMetaUrl: string): URL {
  if (!importMetaUrl.endsWith('.ts')) return new URL(`./${name}.js`, importMetaUrl)
  const built = process.env.BUILT_HOSTS
  return built === undefined
    ? new URL(`./${name}.ts`, importMetaUrl)
    : pathToFileURL(join(built, `${name}.js`))
}

const tsx = (): string => pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

function readLines(child: ChildProcess, onLine: (line: string) => void): void {
  let rest = ''
  child.stderr?.setEncoding('utf8')
  child.stderr?.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    // A library that prints without ever ending its line must not fill our memory.
    rest = (lines.pop() ?? '').slice(-10_000)
    for (const line of lines) if (line.trim()) onLine(line)
  })
  child.stderr?.on('end', () => {
    if (rest.trim()) onLine(rest)
  })
}

const KILLED = 'killed by '

/** Whether `ended` says that somebody else ended it: not we, at a deadline, and not what it had to hear. */
export const isKilledFromOutside = (how: string): boolean =>
  how.startsWith(KILLED) && isFromOutside(how.slice(KILLED.length) as NodeJS.Signals)

/** The same as a cause for errors; undefined: it ended for a reason of its own. */
export const killedFromOutside = (what: string, how: string): ToolKilled | undefined =>
  isKilledFromOutside(how) ? new ToolKilled(what, how) : undefined

const whenEnded = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => {
      if (child.pid === undefined) resolve(`could not be started: ${error.message}`)
    })
    child.once('close', (code, signal) => resolve(signal ? `${KILLED}${signal}` : `exited with code ${code}`))
  })
