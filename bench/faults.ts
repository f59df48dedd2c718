/** One fault after the other, while clients come all the time: what they see, what is lost, and how soon all is well again. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { earshot, newAccount } from '../test/support/server.ts'
import { canMount } from '../test/support/small-disk.ts'
import { type Clients, type Job, type Seen, startClients } from './fault-clients.ts'
import { type Begin, type FaultWorld, oneMachine, severalMachines } from './fault-worlds.ts'
import { table } from './measure.ts'

/** How long a fault lasts. */
const SECONDS = Number(process.env.BENCH_SECONDS ?? 6)
/** Only those whose names contain it. */
const ONLY = process.env.BENCH_FAULT ?? ''
/** So many have been accepted before the fault begins. */
const BEFORE = 6
const AFTER_MS = 1000
const PROBE_MS = 200
const WORLDS: Record<string, (dir: string) => Promise<FaultWorld>> = {
  'PostgreSQL, S3': severalMachines,
  'one, SQLite': (dir) => oneMachine(dir, false),
  ...(canMount && { 'one, SQLite, small disk': (dir: string) => oneMachine(dir, true) }),
}
const HEAD = [
  'machines',
  'fault',
  'answers to writes meanwhile',
  'longest, s',
  '/readyz',
  'accepted',
  'lost',
  'answers again after, s',
  'all done after, s',
]

export async function faults(): Promise<string> {
  const rows: (string | number)[][] = []
  const wrong: string[] = []
  for (const [name, open] of Object.entries(WORLDS)) {
    const dir = await mkdtemp(join(tmpdir(), 'earshot-faults-'))
    const world = await open(dir)
    try {
      for (const [fault, begin] of Object.entries(world.faults)) {
        if (!`${name}: ${fault}`.includes(ONLY)) continue
        const met = await meet(world, begin)
        console.error(`${name}: ${fault}: ${JSON.stringify(met.cells)}`)
        rows.push([name, fault, ...met.cells])
        wrong.push(...met.wrong.map((what) => `${name}: ${fault}: ${what}`))
      }
      const audit = await earshot(world.data, ['credits', 'audit'], world.env)
      if (audit.code !== 0) wrong.push(`${name}: the audit: ${audit.stdout}${audit.stderr}`)
    } finally {
      await world.close()
      await rm(dir, { recursive: true, force: true })
    }
  }
  const figures = table(HEAD, rows)
  if (wrong.length > 0) throw new Error(`${figures}\n\n${wrong.join('\n')}`)
  return figures
}

interface Met {
  cells: (string | number)[]
  wrong: string[]
}

async function meet(world: FaultWorld, begin: Begin): Promise<Met> {
  const { DATABASE_URL: url = '' } = world.env
  const { apiKey } = await newAccount(world.data, 100_000, url === '' ? {} : { DATABASE_URL: url })
  const clients = startClients(world.origin, apiKey)
  while (acceptedOf(clients).length < BEFORE) await sleep(PROBE_MS)
  const begun = performance.now()
  const probe = probing(world.origin)
  const end = await begin()
  await sleep(Math.max(0, SECONDS * 1000 - (performance.now() - begun)))
  const names = await probe.stop()
  const ending = performance.now()
  await end()
  await sleep(AFTER_MS)
  await clients.end()
  return figures(clients, { begun, ending }, names)
}

function figures(clients: Clients, { begun, ending }: { begun: number; ending: number }, names: string): Met {
  const { seen, jobs } = clients
  const meanwhile = seen.filter(({ at, ms }) => at + ms >= begun && at < ending)
  const after = (times: number[]): string => ((Math.max(...times, ending) - ending) / 1000).toFixed(1)
  const accepted = acceptedOf(clients).filter(({ acceptedAt = 0 }) => acceptedAt < ending)
  const lost = jobs.filter(({ fault }) => fault !== undefined)
  const answered = seen.find(({ at, ms, what }) => at + ms >= ending && /^2/.test(what))
  const wrong = [
    ...lost.map(({ fault }) => fault!),
    ...Object.keys(count(meanwhile)).filter((what) => /^500|without|no answer/.test(what)),
  ]
  return {
    cells: [
      Object.entries(count(meanwhile))
        .map(([what, n]) => `${n} × ${what}`)
        .join(', '),
      (Math.max(0, ...meanwhile.map(({ ms }) => ms)) / 1000).toFixed(1),
      names,
      accepted.length,
      lost.length,
      answered ? after([answered.at + answered.ms]) : '–',
      after(accepted.map(({ doneAt }: Job) => doneAt ?? ending)),
    ],
    wrong,
  }
}

const acceptedOf = ({ jobs }: Clients): Job[] => jobs.filter(({ acceptedAt }) => acceptedAt !== undefined)

function count(seen: readonly Seen[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { what } of seen) counts[what] = (counts[what] ?? 0) + 1
  return counts
}

/** What `/readyz` names as not well. */
function probing(origin: string): { stop(): Promise<string> } {
  const named = new Set<string>()
  let open = true
  const asking = (async () => {
    while (open) {
      try {
        const answer = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(10_000) })
        const { checks } = (await answer.json()) as { checks: Record<string, string> }
        for (const [name, said] of Object.entries(checks))
          if (!said.startsWith('ok')) named.add(`${answer.status}: ${name}`)
      } catch {
        named.add('no answer')
      }
      await sleep(PROBE_MS)
    }
  })()
  return {
    async stop() {
      open = false
      await asking
      return [...named].join(', ') || 'ready'
    },
  }
}
