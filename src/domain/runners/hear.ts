/** What a runner does with parts. It sees their sound, and what of a wish an engine has to know; nothing else. */
import { sql } from 'kysely'
import type { ClaimBody, ClaimedPartReply, PartResult } from '../../contract/runner.ts'
import { RUNNER_LEASE_SECONDS } from '../../contract/runner.ts'
import { SAMPLE_RATE } from '../../ports/engine.ts'
import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { type Lease, Lost } from '../leases/lease.ts'
import { answerPart, claimPart, giveBackPart } from '../parts/claim.ts'
import type { OpenPartRow } from '../parts/table.ts'
import { faultOf } from './rules.ts'
import type { RunnerRow, RunnerSays } from './table.ts'

const LEASE_MS = RUNNER_LEASE_SECONDS * 1000
/** Whoever sent what cannot be is given nothing for so long. */
const PAUSE_MS = 60_000
/** A part may take so long, and so many times its length on top. */
const LONGEST_MS = 120_000
const MOST_TIMES = 20

type RunnerDeps = Pick<Deps, 'db' | 'clock' | 'signals' | 'media'>

const leaseOf = (token: string): Lease => ({ table: 'open_parts', token, ms: LEASE_MS })

/** It lives, and says how it is. */
export async function noteRunner(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { id }: RunnerRow,
  { version, host, models, places, speed }: ClaimBody,
): Promise<void> {
  const says: RunnerSays = { version, host, models, places, speed }
  await db
    .updateTable('runners')
    .set({ seen_at: clock.now(), says: JSON.stringify(says) })
    .where('id', '=', id)
    .execute()
}

/** Parts for it, at most as many as it has room for. */
export async function claimForRunner(
  deps: RunnerDeps,
  runner: RunnerRow,
  { models, room }: Pick<ClaimBody, 'models' | 'room'>,
): Promise<ClaimedPartReply[]> {
  if ((runner.paused_until ?? 0) > deps.clock.now()) return []
  const allowed = runner.models === null ? undefined : new Set(JSON.parse(runner.models) as string[])
  const wanted = {
    by: runner.name,
    models: models.filter((model) => allowed?.has(model) ?? true),
    store: await deps.media.id(),
    accounts: runner.accounts === null ? undefined : (JSON.parse(runner.accounts) as string[]),
  }
  const parts: ClaimedPartReply[] = []
  while (parts.length < room) {
    const found = await claimPart(deps, LEASE_MS, wanted).catch((error: unknown) => {
      if (parts.length === 0) throw error
      // Those that it has got are not kept from it.
    })
    if (!found) break
    const { id, samples, options } = found.row
    parts.push({ id, claim: found.lease.token, seconds: samples / SAMPLE_RATE, options })
  }
  return parts
}

/** Signs of life. Gives the claims that are gone. */
export async function beatForRunner(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { id }: RunnerRow,
  claims: readonly string[],
): Promise<string[]> {
  await db.updateTable('runners').set({ seen_at: clock.now() }).where('id', '=', id).execute()
  const lost: string[] = []
  for (const claim of claims) if (!(await keep(db, claim))) lost.push(claim)
  return lost
}

/** Whoever only says that it lives, and never what it heard, keeps nobody waiting for ever. */
async function keep(db: Deps['db'], claim: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('open_parts')
    .set({ lease_until: sql`earshot_now() + ${LEASE_MS}` })
    .where('lease_token', '=', claim)
    .where(
      'claimed_at',
      '>',
      sql<number>`earshot_now() - ${LONGEST_MS} - ${MOST_TIMES} * samples * 1000 / ${SAMPLE_RATE}`,
    )
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface OfPart {
  id: string
  claim: string
}

/** The part of a claim that counts. @throws DomainError `part.lost` */
export async function claimedPart(
  { db }: Pick<Deps, 'db'>,
  { name }: RunnerRow,
  { id, claim }: OfPart,
): Promise<OpenPartRow> {
  const row = await db
    .selectFrom('open_parts')
    .selectAll()
    .where('id', '=', id)
    .where('lease_token', '=', claim)
    .where('claimed_by', '=', name)
    .executeTakeFirst()
  if (!row) throw lost()
  return row
}

const lost = (): DomainError =>
  new DomainError('part.lost', 'The part is somebody else’s by now, or nobody wants it any more.')

/**
 * What it heard. What cannot be is refused, the part goes to others, and the runner gets none for a while.
 * @throws DomainError `part.lost`, `part.result`
 */
export async function answerForRunner(
  deps: RunnerDeps,
  runner: RunnerRow,
  of: OfPart,
  result: PartResult,
): Promise<void> {
  const { samples } = await claimedPart(deps, runner, of)
  const fault = faultOf(result, samples / SAMPLE_RATE)
  if (fault !== undefined) {
    await refuse(deps, runner, of, fault)
    throw new DomainError('part.result', `The result cannot be: ${fault}.`)
  }
  await answerPart(deps, leaseOf(of.claim), of.id, { result: inside(result, samples / SAMPLE_RATE) }).catch(
    (error: unknown) => {
      throw error instanceof Lost ? lost() : error
    },
  )
  await deps.db
    .updateTable('runners')
    .set({
      parts: sql`parts + 1`,
      heard_ms: sql`heard_ms + ${Math.round((samples / SAMPLE_RATE) * 1000)}`,
      fault: null,
    })
    .where('id', '=', runner.id)
    .execute()
}

/** For a result that is malformed or impossible: the part is not blamed for long, but others get it. */
export async function refuse(deps: RunnerDeps, { id }: RunnerRow, of: OfPart, fault: string): Promise<void> {
  await deps.db
    .updateTable('runners')
    .set({ fault: fault.slice(0, 300), paused_until: deps.clock.now() + PAUSE_MS })
    .where('id', '=', id)
    .execute()
  await giveBackPart(deps, leaseOf(of.claim), { tried: true })
}

export async function backFromRunner(
  deps: RunnerDeps,
  { claim }: Pick<OfPart, 'claim'>,
  tried: boolean,
): Promise<void> {
  await giveBackPart(deps, leaseOf(claim), { tried })
}

/** Without what engines round up by. */
function inside({ words, segments, unclear, ...rest }: PartResult, seconds: number): PartResult {
  const within = <T extends { start: number; end: number }>(list: T[]): T[] =>
    list.map((each) => ({ ...each, start: Math.min(each.start, seconds), end: Math.min(each.end, seconds) }))
  return {
    ...rest,
    ...(words && { words: within(words) }),
    ...(segments && { segments: within(segments) }),
    ...(unclear && { unclear: within(unclear) }),
  }
}
