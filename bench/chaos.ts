/** Accidents of every kind at once, as in `test/e2e/chaos.test.ts`, for longer and with more work. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chaos as haveChaos } from '../test/support/chaos.ts'
import { type OpenWorld, onOneMachine, onSeveralMachines } from '../test/support/chaos-worlds.ts'
import { table } from './measure.ts'

const SEED = Number(process.env.EARSHOT_CHAOS_SEED ?? Math.floor(Math.random() * 1e6))
const JOBS = Number(process.env.BENCH_JOBS ?? 300)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 480)
/** Of one part to forty; many short ones, as people have them. */
const LENGTHS = [3, 5, 40, 5, 3, 150, 5, 40, 3, 5, 600, 3, 5, 40, 3]
/** A machine needs some seconds to come up: where accidents come more quickly, most are down, and little can go wrong. */
const APART_MS = 4000
/** Only those whose names contain it. */
const ONLY = process.env.BENCH_MACHINES ?? ''
const WORLDS = {
  'one, SQLite': onOneMachine,
  '2 api, 4 workers, 2 runners; PostgreSQL, S3': (dir: string) => onSeveralMachines(dir, { more: 1 }),
}

export async function chaos(): Promise<string> {
  const rows: string[][] = []
  console.error(`seed ${SEED}`)
  for (const [name, open] of Object.entries(WORLDS))
    if (name.includes(ONLY)) rows.push([name, ...(await once(open))])
  const head = ['machines', 'transcriptions', 'accidents', 'wrong, lost, doubled or left', 'minutes']
  return `${table(head, rows)}\n\nSeed ${SEED}.`
}

/** @throws Error with everything that is wrong, and the seed */
async function once(open: (dir: string) => Promise<OpenWorld>): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-chaos-'))
  const world = await open(dir)
  const begin = performance.now()
  try {
    const counts = await haveChaos(world, {
      seed: SEED,
      jobs: JOBS,
      accounts: 10,
      seconds: SECONDS,
      lengths: LENGTHS,
      apartMs: APART_MS,
      told: (what) => console.error(`${((performance.now() - begin) / 1000).toFixed(0)} s: ${what}`),
    })
    const accidents = Object.entries(counts).map(([kind, count]) => `${count} × ${kind}`)
    return [String(JOBS), accidents.join(', '), '0', ((performance.now() - begin) / 60_000).toFixed(1)]
  } finally {
    await world.close()
    await rm(dir, { recursive: true, force: true })
  }
}
