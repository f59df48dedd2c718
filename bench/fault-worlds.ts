/** Where `faults` happen: machines with PostgreSQL and S3 beneath, and one machine with SQLite; and what can happen there. */
import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { faultyProxy } from '../test/support/faulty-proxy.ts'
import { type Fault, faultyS3 } from '../test/support/faulty-s3.ts'
import { freePort } from '../test/support/free-port.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { commandOf, descendantsOf } from '../test/support/processes.ts'
import { type Env, newRunner, startServer, type TestServer } from '../test/support/server.ts'
import { canMount, insideOf, onSmallDisk } from '../test/support/small-disk.ts'
import { writeToneModel } from '../test/support/tone.ts'

/** Begins when called; what it gives ends it. */
export type Begin = () => Promise<() => Promise<void>>

export interface FaultWorld {
  origin: string
  env: Env
  /** The data folder of the machine that answers, for commands. */
  data: string
  faults: Record<string, Begin>
  close(): Promise<void>
}

const DISK_MB = 96
/** Past a claim's 15 seconds. */
export const LONG_SLEEP_MS = 17_000
const OFTEN_MS = 400

interface Machine {
  data: string
  server(): TestServer
  /** SIGKILL; it gives what starts it again. */
  kill(): Promise<() => Promise<void>>
}

/** @param disk its size in megabytes: small ones can be filled up. It ends with the machine. */
async function startMachine(data: string, role: string, env: Env, disk?: number): Promise<Machine> {
  mkdirSync(data, { recursive: true })
  const under = disk === undefined ? [] : onSmallDisk(data, disk)
  const start = (): Promise<TestServer> => startServer(data, env, role, under)
  let server = await start()
  return {
    data,
    server: () => server,
    async kill() {
      await server.kill()
      return async () => {
        server = await start()
      }
    },
  }
}

const killed = (machine: Machine): Begin => machine.kill

const asleep =
  (machine: Machine): Begin =>
  async () => {
    process.kill(machine.server().pid, 'SIGSTOP')
    await sleep(LONG_SLEEP_MS)
    return async () => void process.kill(machine.server().pid, 'SIGCONT')
  }

/** Every process of that kind is killed as soon as it is seen, as by the kernel where memory is short. */
const killing =
  (machines: readonly Machine[], isMeant: (command: string) => boolean): Begin =>
  async () => {
    const timer = setInterval(() => {
      for (const machine of machines)
        for (const pid of descendantsOf(machine.server().pid))
          if (isMeant(commandOf(pid))) kill(pid, 'SIGKILL')
    }, OFTEN_MS)
    return async () => clearInterval(timer)
  }

/** They do not die, but do nothing. */
const stopping =
  (machines: readonly Machine[], isMeant: (command: string) => boolean): Begin =>
  async () => {
    const stopped = machines.flatMap((machine) =>
      descendantsOf(machine.server().pid).filter((pid) => isMeant(commandOf(pid))),
    )
    for (const pid of stopped) kill(pid, 'SIGSTOP')
    return async () => {
      for (const pid of stopped) kill(pid, 'SIGCONT')
    }
  }

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has just ended.
  }
}

const isEngine = (command: string): boolean => command.includes('sherpa.host')
const isFfmpeg = (command: string): boolean => /^\S*ffmpeg /.test(command)
const isSpawner = (command: string): boolean => command.includes('spawner.host')

const full =
  (machines: readonly Machine[]): Begin =>
  async () => {
    const ballasts = machines.map(({ data, server }) => insideOf(server().pid, join(data, 'ballast')))
    const fill = (): void => ballasts.forEach(fillUp)
    fill()
    // What is removed meanwhile is filled again.
    const timer = setInterval(fill, OFTEN_MS)
    return async () => {
      clearInterval(timer)
      for (const ballast of ballasts) rmSync(ballast, { force: true })
    }
  }

function fillUp(path: string): void {
  for (let size = 1 << 20; size >= 1; size = Math.floor(size / 4))
    try {
      for (;;) appendFileSync(path, Buffer.alloc(size))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
}

const MODEL: Env = { EARSHOT_SLOTS: '1', EARSHOT_LOG_LEVEL: 'error' }

/** One process with SQLite. @param small its disk is, and can be filled up; then it cannot be killed */
export async function oneMachine(dir: string, small: boolean): Promise<FaultWorld> {
  const env = {
    ...MODEL,
    EARSHOT_MODEL: writeToneModel(join(dir, 'model'), 'fixed'),
    PORT: String(await freePort()),
  }
  const machine = await startMachine(join(dir, 'one'), 'serve', env, small ? DISK_MB : undefined)
  const { origin, pid } = machine.server()
  return {
    origin,
    env,
    data: small ? insideOf(pid, machine.data) : machine.data,
    faults: small
      ? { 'disk full': full([machine]) }
      : {
          'killed, started again': killed(machine),
          'stopped for 17 s': asleep(machine),
          ...ofPrograms([machine]),
        },
    close: async () => void (await machine.kill()),
  }
}

const ofPrograms = (machines: readonly Machine[]): Record<string, Begin> => ({
  'engines killed, again and again': killing(machines, isEngine),
  'engines hang': stopping(machines, isEngine),
  'ffmpeg killed, again and again': killing(machines, isFfmpeg),
  'what starts programs killed, again and again': killing(machines, isSpawner),
})

/** One that answers, two that work and a runner, each with a small disk of its own. */
export async function severalMachines(dir: string): Promise<FaultWorld> {
  const postgres = await startPostgres(['max_connections=60'])
  const direct = new URL(await postgres.createDatabase())
  const line = await faultyProxy({ path: `${direct.searchParams.get('host')}/.s.PGSQL.5432` })
  const s3 = await faultyS3(join(dir, 's3'), 'media')
  const ear = { ...MODEL, EARSHOT_MODEL: writeToneModel(join(dir, 'model'), 'fixed') }
  const env: Env = {
    ...ear,
    ...s3.env,
    DATABASE_URL: `postgres://postgres@127.0.0.1:${line.port}${direct.pathname}`,
    EARSHOT_DATABASE_TIMEOUT: '4',
    EARSHOT_MEDIA_URL: 's3://media/earshot',
    EARSHOT_MEDIA_TIMEOUT: '4',
  }
  const disk = canMount ? DISK_MB : undefined
  const start = (name: string, role: string, more: Env = {}): Promise<Machine> =>
    startMachine(join(dir, name), role, { ...env, ...more }, disk)
  const api = await start('api', 'api', { PORT: String(await freePort()) })
  const { origin } = api.server()
  const workers = [await start('worker-1', 'worker'), await start('worker-2', 'worker')]
  const token = await newRunner(dir, 'runner', { DATABASE_URL: direct.href })
  const asks = { ...ear, EARSHOT_SERVER: origin, EARSHOT_RUNNER_TOKEN: token }
  const runner = await startMachine(join(dir, 'runner'), 'runner', asks)
  const machines = [api, ...workers, runner]
  const storage =
    (fault: Fault): Begin =>
    async () => {
      s3.set(fault)
      return async () => s3.set('none')
    }
  return {
    origin,
    env: { ...env, DATABASE_URL: direct.href },
    data: dir,
    faults: {
      ...ofDatabase(direct, line),
      'S3 answers 500': storage('error'),
      'S3 answers 503, slow down': storage('slow down'),
      'S3 is silent': storage('silent'),
      'S3 breaks off in the middle': storage('broken'),
      ...(canMount && { 'disks full': full([api, ...workers]) }),
      ...ofPrograms(workers),
      'a worker is killed, started again': killed(workers[0]!),
      'a worker is stopped for 17 s': asleep(workers[1]!),
      'the API is killed, started again': killed(api),
      'the runner is killed, started again': killed(runner),
    },
    async close() {
      for (const machine of machines) await machine.kill()
      await line.close()
      await s3.close()
      await postgres.stop()
    },
  }
}

function ofDatabase(direct: URL, line: Awaited<ReturnType<typeof faultyProxy>>): Record<string, Begin> {
  const name = direct.pathname.slice(1)
  const END_ALL = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`
  const mend = async (): Promise<void> => line.mend()
  const readOnly = (how: 'on' | 'off'): Promise<void> =>
    tell(direct, `alter database ${name} set default_transaction_read_only = ${how}; ${END_ALL}`)
  return {
    'PostgreSQL is away': async () => {
      line.cut()
      return mend
    },
    'PostgreSQL is silent': async () => {
      line.stall()
      return mend
    },
    'PostgreSQL may only be read': async () => {
      await readOnly('on')
      return () => readOnly('off')
    },
    'PostgreSQL has no connection left': () => takeAllConnections(direct, END_ALL),
    'PostgreSQL ends every connection, again and again': async () => {
      const timer = setInterval(() => void tell(direct, END_ALL).catch(() => {}), OFTEN_MS)
      return async () => clearInterval(timer)
    },
  }
}

async function connected(url: URL): Promise<pg.Client> {
  const client = new pg.Client(url.href)
  // Another one may end it.
  client.on('error', () => {})
  await client.connect()
  return client
}

async function tell(url: URL, text: string): Promise<void> {
  const client = await connected(url)
  try {
    // Its own transactions may write whatever the default is.
    await client.query('set default_transaction_read_only = off')
    await client.query(text)
  } finally {
    await client.end()
  }
}

/** Those of the machines are ended, and taken before they come back. */
async function takeAllConnections(url: URL, endAll: string): Promise<() => Promise<void>> {
  const taken: pg.Client[] = []
  let open = true
  const first = await connected(url)
  await first.query(endAll)
  const taking = (async () => {
    while (open) {
      await connected(url).then(
        (client) => taken.push(client),
        () => sleep(20),
      )
    }
  })()
  return async () => {
    open = false
    await taking
    await Promise.all([first, ...taken].map((client) => client.end()))
  }
}
