/** Accidents of every kind at once (`test/support/chaos.ts`). `EARSHOT_CHAOS_SEED` chooses which; a failure names its seed. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { chaos } from '../support/chaos.ts'
import { onOneMachine, onSeveralMachines } from '../support/chaos-worlds.ts'
import { findBinaries } from '../support/postgres.ts'

const SEED = Number(process.env.EARSHOT_CHAOS_SEED ?? Math.floor(Math.random() * 1e6))
const PLAN = { seed: SEED, jobs: 14, accounts: 3, seconds: 20 }
/** Machines of others are slow, and busy. */
const TIMEOUT = 600_000

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-chaos-'))
  closing.push(() => rm(dir, { recursive: true, force: true }))
  return dir
}

const total = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

it(`one machine on SQLite (seed ${SEED})`, { timeout: TIMEOUT }, async () => {
  const world = await onOneMachine(await folder())
  closing.push(world.close)
  expect(total(await chaos(world, PLAN))).toBeGreaterThan(0)
})

it.skipIf(!findBinaries())(
  `two that answer, three that work and a runner, on PostgreSQL and S3 (seed ${SEED})`,
  { timeout: TIMEOUT },
  async () => {
    const world = await onSeveralMachines(await folder())
    closing.push(world.close)
    expect(total(await chaos(world, PLAN))).toBeGreaterThan(0)
  },
)
