/** The real program as a child process: what a user starts, on a free port, in a folder of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Deps } from '../../src/domain/context.ts'
import type { Balance } from '../../src/domain/credits/balance.ts'
import { migratedSqlite } from './migrated.ts'
import { writeToneModel } from './tone.ts'

const root = resolve(import.meta.dirname, '../..')
const PROGRAM = join(root, 'bin/earshot.js')
/** The first start may fetch a model. */
const START_MS = 120_000
/** A runner has none. */
const HAS_DATABASE = /^(serve|api|worker)\b/

export type Env = Record<string, string>

/** Settings of the test's own, and nothing of the machine's. */
export const programEnv = (dataDir: string, env: Env = {}): Env => ({
  PATH: process.env.PATH ?? '',
  HOME: dataDir,
  EARSHOT_DATA_DIR: dataDir,
  EARSHOT_LOG_LEVEL: 'warn',
  PORT: '0',
  EARSHOT_RATE_LIMITS: 'off',
  EARSHOT_YTDLP_UPDATES: 'off',
  ...env,
})

/** Runs one command of the program to its end. */
export async function earshot(
  dataDir: string,
  args: string[],
  env: Env = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const done = await promisify(execFile)(process.execPath, [PROGRAM, ...args], {
      env: programEnv(dataDir, env),
      maxBuffer: 1 << 26,
    })
    return { code: 0, ...done }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, stdout, stderr }
  }
}

export interface TestServer {
  /** Empty where it only works. */
  origin: string
  /** The first account's key, as the greeting shows it; empty on later starts. */
  apiKey: string
  pid: number
  output(): string
  /** Its exit code, once it has ended, for whatever reason. */
  ended: Promise<number | null>
  /** SIGTERM, and waits for the end. Returns the exit code. */
  stop(): Promise<number | null>
  /** SIGKILL: no chance to tidy up. */
  kill(): Promise<void>
}

/** Starts `earshot serve` and waits until it listens. Its database is up to date, as after a first start. */
export async function startServer(
  dataDir: string,
  env: Env = {},
  /** With its options. */
  command = 'serve',
  /** What starts it, and becomes it (`exec`). */
  under: readonly string[] = [],
): Promise<TestServer> {
  if (!env.DATABASE_URL && HAS_DATABASE.test(command)) await migratedSqlite(dataDir)
  const [program = '', ...args] = [...under, process.execPath, PROGRAM, ...command.split(' ')]
  const child = spawn(program, args, {
    env: programEnv(dataDir, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  const origin = await listening(child, () => output, ended)
  return {
    origin,
    apiKey: /^ +(sk_live_\S+)$/m.exec(output)?.[1] ?? '',
    pid: child.pid!,
    output: () => output,
    ended,
    async stop() {
      child.kill('SIGTERM')
      return ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

function listening(child: ChildProcess, output: () => string, ended: Promise<unknown>): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      child.kill('SIGKILL')
      reject(new Error(`${why}\n${output()}`))
    }
    const timer = setTimeout(() => fail('the server did not listen in time'), START_MS)
    const look = (): void => {
      const found = /listens on (http\S+)|works, |hears for/.exec(output())
      // The greeting of a first start is printed in one go after this line.
      if (found && output().endsWith('\n')) {
        clearTimeout(timer)
        resolve(found[1] ?? '')
      }
    }
    child.stdout!.on('data', look)
    void ended.then(() => {
      clearTimeout(timer)
      fail('the server ended at once')
    })
  })
}

/** A folder that is removed at the end, with the tone model in it. */
export async function testFolder(splitter: 'silero' | 'energy' | 'fixed' = 'energy'): Promise<{
  dataDir: string
  model: string
  remove(): Promise<void>
}> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-test-'))
  return {
    dataDir: join(dir, 'data'),
    model: writeToneModel(join(dir, 'model'), splitter),
    remove: () => rm(dir, { recursive: true, force: true }),
  }
}

/**
 * What a command of the program would do, done by the same verb here: a process for each of some hundred accounts took
 * a minute of the suite. Most files that start a server do none of it: they need not load a database.
 */
async function inDatabase<T>(
  dataDir: string,
  { DATABASE_URL: url }: Env,
  run: (deps: InDatabase) => Promise<T>,
): Promise<T> {
  const { openDatabase } = await import('../../src/adapters/database/open.ts')
  return inTurn(async () => {
    const { db, close } = await openDatabase({ url, dataDir })
    try {
      return await run({ db, clock: { now: Date.now } })
    } finally {
      await close()
    }
  })
}

let turn: Promise<unknown> = Promise.resolve()

/** One after the other: a connection to SQLite that waits for the lock of another one in this process stops both. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = turn.then(work)
  turn = done.catch(() => {})
  return done
}

type InDatabase = Pick<Deps, 'db' | 'clock'>

/** An account of its own for a test: as `earshot accounts create` makes it. */
export const newAccount = (
  dataDir: string,
  credits = 1000,
  env: Env = {},
): Promise<{ accountId: string; apiKey: string }> =>
  inDatabase(dataDir, env, async (deps) => {
    const { createAccount } = await import('../../src/domain/accounts/create.ts')
    return createAccount(deps, { name: 'test', credits })
  })

/** As `earshot credits balance` tells it. */
export const creditsOf = (dataDir: string, accountId: string, env: Env = {}): Promise<Balance> =>
  inDatabase(dataDir, env, async ({ db }) => {
    const { balanceOf } = await import('../../src/domain/credits/balance.ts')
    return balanceOf(db, accountId)
  })

/** What `earshot credits audit` finds wrong with the books. */
export const faultsOfBooks = (dataDir: string, env: Env = {}): Promise<string[]> =>
  inDatabase(dataDir, env, async ({ db }) => {
    const { audit } = await import('../../src/domain/credits/audit.ts')
    return (await audit(db)).faults
  })

/** A runner's token, made as `earshot runners create` makes it. */
export const newRunner = (dataDir: string, name: string, env: Env = {}): Promise<string> =>
  inDatabase(dataDir, env, async (deps) => {
    const { createRunner } = await import('../../src/domain/runners/tokens.ts')
    return (await createRunner(deps, { name })).token
  })
