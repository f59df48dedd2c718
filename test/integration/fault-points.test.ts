/**
 * A process is killed between every two steps of taking on, doing and settling a transcription, inside its
 * transactions and between them. Whoever goes on after it, the client, the ledger and the job agree.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import type { Deps } from '../../src/domain/context.ts'
import { audit } from '../../src/domain/credits/audit.ts'
import { balanceOf } from '../../src/domain/credits/balance.ts'
import { policyOf } from '../../src/main/compose.ts'
import { bundle } from '../support/bundle.ts'
import { depsOf, type Ending, type Life, live } from '../support/mortal.ts'
import { sharedDatabase } from '../support/postgres.ts'

const CREDITS = 10
const COST = 2
/** What comes before is the same as in a life that succeeds. */
const FIRST_STEP = { succeed: 1, cancel: 15 }
/** A life has more steps than these, or the test does not test what it says. */
const FEWEST_STEPS = { succeed: 25, cancel: 20 }
const policy = policyOf(loadConfig({}))

let mortal: Awaited<ReturnType<typeof bundle>>
beforeAll(async () => {
  mortal = await bundle(join(import.meta.dirname, '../support/mortal.ts'))
})
afterAll(() => mortal?.remove())

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  let dir: string
  let database: Life['database']
  let opened: { deps: Deps; close(): Promise<void> }
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'earshot-faults-'))
    database = { url: kind === 'postgres' ? await sharedDatabase() : undefined, dataDir: dir }
    opened = await depsOf({ database, policy })
  })
  afterAll(async () => {
    await opened?.close()
    await rm(dir, { recursive: true, force: true })
  })

  it.each(['succeed', 'cancel'] as const)('%s', { timeout: 300_000 }, async (ending) => {
    let step = FIRST_STEP[ending]
    while ((await dieAt(step, ending)) === 'killed') step++
    expect(step).toBeGreaterThan(FEWEST_STEPS[ending])
  })

  /** A customer's transcription, whose process dies after so many steps. */
  async function dieAt(step: number, ending: Ending): Promise<'killed' | 'lived'> {
    const { deps } = opened
    const { accountId } = await createAccount(deps, { name: `step ${step}`, credits: CREDITS })
    await listen(deps, accountId)
    const life = { database, accountId, ending, policy }
    const end = await run(life, step)
    const got = await live(deps, life)
    expect(await live(deps, life)).toBe(got)
    await expectAgreement(deps, life, got, step)
    return end
  }
})

async function run(life: Life, step: number): Promise<'killed' | 'lived'> {
  const args = [mortal.program, JSON.stringify(life), String(step)]
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args)
    expect(stdout).toBe('lived\n')
    return 'lived'
  } catch (cause) {
    if ((cause as { signal?: string }).signal === 'SIGKILL') return 'killed'
    throw cause
  }
}

/** Somebody wants to hear of the end. */
async function listen({ db }: Deps, accountId: string): Promise<void> {
  await db
    .insertInto('webhook_endpoints')
    .values({
      id: `whk_${accountId}`,
      account_id: accountId,
      url: 'https://example.org/',
      events: JSON.stringify(['transcription.succeeded', 'transcription.cancelled']),
      secret: 'whsec_',
      old_secret: null,
      old_secret_until: null,
      disabled_at: null,
      disabled_reason: null,
      created_at: 0,
    })
    .execute()
}

async function expectAgreement(
  { db }: Deps,
  { accountId, ending }: Life,
  got: string,
  step: number,
): Promise<void> {
  const of = (table: 'transcriptions' | 'credit_holds') =>
    db.selectFrom(table).selectAll().where('account_id', '=', accountId).execute()
  const cost = ending === 'succeed' ? COST : 0
  const [job, ...jobs] = await of('transcriptions')
  const state = ending === 'succeed' ? 'succeeded' : 'cancelled'
  expect({ step, job, more: jobs.length }).toMatchObject({
    step,
    job: { state, credits_debited: cost },
    more: 0,
  })
  expect(JSON.parse(got)).toEqual({ jobId: job!.id, state, creditsDebited: cost })
  expect(await of('credit_holds')).toMatchObject([{ state: ending === 'succeed' ? 'posted' : 'voided' }])
  expect(await balanceOf(db, accountId)).toEqual({
    posted: CREDITS - cost,
    pending: 0,
    available: CREDITS - cost,
  })
  const heard = await db
    .selectFrom('webhook_deliveries')
    .select('event_type')
    .where('endpoint_id', '=', `whk_${accountId}`)
    .execute()
  expect(heard).toEqual([{ event_type: `transcription.${state}` }])
  const parts = db.selectFrom('parts').selectAll().where('transcription_id', '=', job!.id)
  expect(await parts.execute()).toEqual([])
  expect((await audit(db)).faults).toEqual([])
}
