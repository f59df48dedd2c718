/**
 * Clients that want their texts, and machines that die, sleep, lose their storage and their database, and have wrong
 * clocks. What was accepted must end with exactly its words, paid once, and nothing may be left. A seed gives the same
 * jobs and the same accidents in the same order; when each of them meets what, no seed can say.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { type Job, recordAll, startClients } from './chaos-jobs.ts'
import { freePort } from './free-port.ts'
import { descendantsOf } from './processes.ts'
import { type Env, earshot, newAccount, newRunner, startServer, type TestServer } from './server.ts'
import { random } from './tone.ts'

export interface Machine {
  name: string
  /** The command to run. */
  role: 'serve' | 'api' | `worker${'' | ' --only fetch' | ' --only recognise'}` | 'runner'
}

export interface World {
  /** Each machine has a data folder of its own in it. */
  dir: string
  env: Env
  /** The settings of runners, which have no access to the database and the storage. */
  runnerEnv?: Env
  machines: readonly Machine[]
  /** How wrong clocks are. */
  hoursAhead: number
  /** What lies beneath and may fail for a while; each begins when called and ends with what it gives. */
  outages: Record<string, () => () => void>
  /** Rows of the database, from outside, with nothing in between. */
  rows<T>(query: string): Promise<T[]>
  /** Starts the checks in the database, once the tables exist. */
  watch?(): Promise<void>
  /** The faults that it found. */
  unseen(): Promise<string[]>
  /** Machines that are working on a transcription, if known. */
  holders?(): Promise<string[]>
}

export interface ChaosPlan {
  seed: number
  jobs: number
  accounts: number
  /** For how long there are accidents. */
  seconds: number
  /** The longest time between two accidents, ms. */
  apartMs?: number
  /** Lengths of the recordings, seconds: some of one part, some of several. */
  lengths?: readonly number[]
  /** Told what happens to the machines, as it happens. */
  told?(what: string): void
}

/** Past a claim's 15 seconds. */
const LONG_SLEEP_MS = 17_000
/** Of machines that are known to be working. */
const SURE_SLEEPS = 2
const HOUR_MS = 3_600_000
const CREDITS = 1000
const LENGTHS = [3, 5, 40, 150]
const APART_MS = 1700

/** @returns how many accidents of each kind there were @throws Error with everything that is wrong */
export async function chaos(world: World, plan: ChaosPlan): Promise<Record<string, number>> {
  const data = join(world.dir, world.machines[0]!.role === 'serve' ? world.machines[0]!.name : 'accounts')
  const next = random(plan.seed)
  const jobs = await recordAll(join(world.dir, 'recordings'), jobsOf(plan, next))
  const fleet = await startFleet(world, plan, data)
  let clients: ReturnType<typeof startClients> | undefined
  try {
    await world.watch?.()
    const accounts = await Promise.all(
      Array.from({ length: plan.accounts }, () => newAccount(data, CREDITS, world.env)),
    )
    clients = startClients({
      origins: fleet.origins,
      jobs: jobs.map((job) => ({ ...job, apiKey: accounts[job.account]!.apiKey })),
    })
    const over = new AbortController()
    void clients.faults.finally(() => over.abort()).catch(() => {}) // awaited below
    const counts = await haveAccidents(world, fleet, plan, over.signal)
    const faults = await clients.faults
    const paid = accounts.map((account, at) => ({
      ...account,
      credits: jobs
        .filter((job) => job.account === at)
        .reduce((sum, { seconds }) => sum + Math.ceil(seconds / 60), 0),
    }))
    faults.push(
      ...(await books(world, data, paid)),
      ...(await leftovers(world, plan)),
      ...fleet.faults,
      ...(await world.unseen()),
    )
    if (faults.length > 0)
      throw new Error(`seed ${plan.seed}, ${JSON.stringify(counts)}:\n${faults.join('\n')}`)
    return counts
  } finally {
    clients?.stop()
    await fleet.end()
  }
}

const jobsOf = (
  { jobs, accounts, seconds, lengths = LENGTHS }: ChaosPlan,
  next: () => number,
): (Omit<Job, 'apiKey' | 'sound'> & { account: number })[] =>
  Array.from({ length: jobs }, (_, k) => ({
    k,
    account: Math.floor(next() * accounts),
    seconds: lengths[Math.floor(next() * lengths.length)]!,
    after: next() * seconds * 500,
  }))

/** What answers requests keeps its port when it is restarted; each runner uses one of them. */
async function machineEnvs({
  machines,
  env,
  runnerEnv,
}: World): Promise<{ origins: string[]; envs: Map<string, Env> }> {
  const ports = new Map<string, number>()
  for (const { name, role } of machines)
    if (role === 'api' || role === 'serve') ports.set(name, await freePort())
  const origins = [...ports.values()].map((port) => `http://127.0.0.1:${port}`)
  let runners = 0
  const envs = new Map(
    machines.map(({ name, role }): [string, Env] => {
      if (role === 'runner')
        return [name, { ...runnerEnv, EARSHOT_SERVER: origins[runners++ % origins.length]! }]
      const port = ports.get(name)
      const { DATABASE_URL: url } = env
      return [
        name,
        {
          ...env,
          ...(port !== undefined && { PORT: String(port) }),
          // Tells the database which machine writes.
          ...(url !== undefined && { DATABASE_URL: `${url}?application_name=${name}` }),
        },
      ]
    }),
  )
  return { origins, envs }
}

interface Fleet {
  names: readonly string[]
  /** Machines that ended by themselves. */
  faults: string[]
  /** Of what answers requests, while it is up. */
  origins: readonly string[]
  pause(name: string, ms: number): Promise<void>
  killAndRestart(name: string, env?: Env): Promise<void>
  /** All that it has started: engines, ffmpeg, what listens for speech, what starts programs. */
  killPrograms(name: string): void
  end(): Promise<void>
}

async function startFleet(world: World, plan: ChaosPlan, data: string): Promise<Fleet> {
  const { dir, machines } = world
  const up = new Map<string, TestServer>()
  const { origins, envs } = await machineEnvs(world)
  const faults: string[] = []
  let over = false
  /** As a supervisor does it, with pauses that grow: what comes up in the middle of an outage may end at once. */
  const start = async (machine: Machine, more: Env = {}): Promise<void> => {
    const { name, role } = machine
    for (let pauseMs = 500; ; pauseMs = Math.min(2 * pauseMs, 5000)) {
      try {
        const server = await startServer(join(dir, name), { ...envs.get(name), ...more }, role)
        up.set(name, server)
        void server.ended.then((code) => restart(machine, server, code))
        return
      } catch (error) {
        if (over) throw error
        plan.told?.(`${name} did not start: ${(error as Error).message}`)
        await sleep(pauseMs)
      }
    }
  }
  /** What was up has no business to end by itself. */
  const restart = async (machine: Machine, server: TestServer, code: number | null): Promise<void> => {
    if (over || up.get(machine.name) !== server) return
    up.delete(machine.name)
    faults.push(`${machine.name} ended by itself with ${code}: ${server.output().slice(-500)}`)
    await start(machine).catch((error: Error) => void faults.push(error.message))
  }
  const isRunner = ({ role }: Machine): boolean => role === 'runner'
  await Promise.all(machines.filter((each) => !isRunner(each)).map((each) => start(each)))
  for (const { name } of machines.filter(isRunner))
    envs.set(name, { ...envs.get(name), EARSHOT_RUNNER_TOKEN: await newRunner(data, name, world.env) })
  await Promise.all(machines.filter(isRunner).map((each) => start(each)))
  return {
    names: machines.map(({ name }) => name),
    faults,
    origins,
    async pause(name, ms) {
      const server = up.get(name)
      if (!server) return
      process.kill(server.pid, 'SIGSTOP')
      await sleep(ms)
      process.kill(server.pid, 'SIGCONT')
    },
    async killAndRestart(name, more) {
      const server = up.get(name)
      if (!server) return // it is coming up
      up.delete(name)
      await server.kill()
      await start(machines.find((each) => each.name === name)!, more)
    },
    killPrograms(name) {
      const server = up.get(name)
      if (!server) return
      for (const pid of descendantsOf(server.pid))
        try {
          process.kill(pid, 'SIGKILL')
        } catch {
          // It has just ended, perhaps with its parent.
        }
    },
    async end() {
      over = true
      for (const server of up.values()) await server.kill()
    },
  }
}

async function haveAccidents(
  { outages, holders, hoursAhead }: World,
  fleet: Fleet,
  { seed, seconds, told, apartMs = APART_MS }: ChaosPlan,
  over: AbortSignal,
): Promise<Record<string, number>> {
  const next = random(seed + 1)
  const counts: Record<string, number> = {}
  const end = performance.now() + seconds * 1000
  const busy = new Set<string>()
  const under: Promise<void>[] = []
  const ahead = {
    CLOCK_AHEAD_MS: String(hoursAhead * HOUR_MS),
    NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'clock-ahead.mjs')).href}`,
  }
  const happens: Record<string, (name: string, size: number) => Promise<void>> = {
    killed: (name) => fleet.killAndRestart(name),
    'programs killed': async (name) => fleet.killPrograms(name),
    paused: (name, size) => fleet.pause(name, size * 3000),
    'asleep past its claim': (name) => fleet.pause(name, LONG_SLEEP_MS),
    [`clock ${hoursAhead} h ahead`]: (name) => fleet.killAndRestart(name, ahead),
  }
  const kinds = [...Object.keys(happens), ...Object.keys(outages)]
  // Pick working machines: chance alone seldom hits one that holds a claim.
  if (holders)
    under.push(
      ...Array.from({ length: SURE_SLEEPS }, async () => {
        const name = await freeHolder(holders, busy, over)
        if (name === undefined) return
        counts['asleep at work'] = (counts['asleep at work'] ?? 0) + 1
        await happens['asleep past its claim']!(name, 0)
        busy.delete(name)
      }),
    )
  // In shuffled order instead of at random, so that even a short run has every kind of accident, on several machines.
  const nextKind = dealer(kinds, next)
  const nextName = new Map(kinds.map((kind) => [kind, dealer(fleet.names, next)]))
  while (performance.now() < end && !over.aborted) {
    const kind = nextKind()
    const name = nextName.get(kind)!()
    const size = next()
    const who = outages[kind] ? kind : name
    if (!busy.has(who)) {
      counts[kind] = (counts[kind] ?? 0) + 1
      busy.add(who)
      told?.(outages[kind] ? kind : `${name} ${kind}`)
      const one = outages[kind] ? outage(outages[kind], size) : happens[kind]!(name, size)
      const failed = (error: Error): void => void fleet.faults.push(`${who} ${kind}: ${error.message}`)
      under.push(one.catch(failed).finally(() => busy.delete(who)))
    }
    await sleep((0.1 + 0.9 * next()) * apartMs)
  }
  await Promise.all(under)
  return counts
}

/** All of them in a random order, over and over. */
function dealer<T>(all: readonly T[], next: () => number): () => T {
  let deck: T[] = []
  return () => {
    if (deck.length === 0) deck = [...all]
    return deck.splice(Math.floor(next() * deck.length), 1)[0]!
  }
}

/** A working machine without an accident in progress, now marked busy. Undefined: the time is over. */
async function freeHolder(
  holders: () => Promise<string[]>,
  busy: Set<string>,
  over: AbortSignal,
): Promise<string | undefined> {
  while (!over.aborted) {
    const name = (await holders()).find((each) => !busy.has(each))
    if (name !== undefined) {
      busy.add(name)
      return name
    }
    await sleep(50)
  }
  return undefined
}

async function outage(begin: () => () => void, size: number): Promise<void> {
  const end = begin()
  await sleep(500 + size * 2500)
  end()
}

async function books(
  { env }: World,
  data: string,
  accounts: readonly { accountId: string; credits: number }[],
): Promise<string[]> {
  const faults: string[] = []
  const audit = await earshot(data, ['credits', 'audit'], env)
  if (audit.code !== 0) faults.push(`the audit: ${audit.stdout}${audit.stderr}`)
  for (const { accountId, credits } of accounts) {
    const { stdout } = await earshot(data, ['credits', 'balance', accountId], env)
    const { posted, pending } = JSON.parse(stdout) as { posted: number; pending: number }
    if (posted !== CREDITS - credits || pending !== 0)
      faults.push(`${accountId} has ${posted} and ${pending} held instead of ${CREDITS - credits} and 0`)
  }
  return faults
}

async function leftovers({ dir, machines, rows }: World, { jobs }: ChaosPlan): Promise<string[]> {
  const faults: string[] = []
  const [{ n = 0 } = {}] = await rows<{ n: number | string }>('select count(*) as n from transcriptions')
  if (Number(n) !== jobs) faults.push(`${n} transcriptions instead of ${jobs}`)
  for (const query of [
    'select account_id from queues where waiting <> 0 or running <> 0',
    "select id from credit_holds where state = 'pending'",
    'select id from transcriptions where lease_token is not null',
    'select transcription_id, idx from parts',
    'select id from open_parts',
    "select transcription_id from credit_transfers where kind = 'post' group by transcription_id having count(*) > 1",
  ]) {
    const left = await rows(query)
    if (left.length > 0) faults.push(`left: ${query}: ${JSON.stringify(left)}`)
  }
  for (const { name } of machines.filter(({ role }) => role !== 'runner')) {
    const work = readdirSync(join(dir, name, 'work'))
    if (work.length > 0) faults.push(`left in ${name}/work: ${work.join(' ')}`)
  }
  return faults
}
