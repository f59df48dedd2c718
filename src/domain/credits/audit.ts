/**
 * Proves that the money is right, from the entries alone: they sum to zero; every balance is what its
 * entries sum to and not below zero; every hold ended at most once, and open ones belong to open work;
 * every success was charged once at the price it was accepted at, every failure nothing.
 */
import { sql } from 'kysely'
import type { Db, Tx } from '../tables.ts'
import { available, held } from './ledger.ts'
import { type PricePolicy, price } from './prices.ts'

export interface Audit {
  ok: boolean
  /** One line a fault, for an operator. */
  faults: string[]
  checked: { entries: number; accounts: number; holds: number; transcriptions: number }
}

export async function audit(db: Db): Promise<Audit> {
  return db.transaction().execute(async (tx) => {
    const sums = await sumsOfLedgers(tx)
    const balances = await tx.selectFrom('credit_balances').selectAll().execute()
    const holds = await holdsWithWork(tx)
    const total = sums.reduce((n, row) => n + row.sum, 0)
    const faults = [
      ...(total === 0 ? [] : [`the entries sum to ${total}, not to zero`]),
      ...(await unbalancedTransfers(tx)),
      ...balanceFaults(balances, new Map(sums.map(({ ledger, sum }) => [ledger, sum]))),
      ...holds.flatMap(holdFaults),
      ...(await unpaidSuccesses(tx)),
      ...openFaults(holds, await openOfHolds(tx)),
    ]
    return {
      ok: faults.length === 0,
      faults,
      checked: {
        entries: sums.reduce((n, row) => n + row.count, 0),
        accounts: balances.length,
        holds: holds.length,
        transcriptions: new Set(holds.map((h) => h.job)).size,
      },
    }
  })
}

async function sumsOfLedgers(tx: Tx): Promise<{ ledger: string; sum: number; count: number }[]> {
  const rows = await tx
    .selectFrom('credit_entries')
    .select(['ledger', sql<number>`sum(amount)`.as('sum'), sql<number>`count(*)`.as('count')])
    .groupBy('ledger')
    .execute()
  return rows.map(({ ledger, sum, count }) => ({ ledger, sum: Number(sum), count: Number(count) }))
}

async function unbalancedTransfers(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('credit_entries')
    .select('transfer_id')
    .groupBy('transfer_id')
    .having(sql<boolean>`sum(amount) <> 0 or count(*) <> 2`)
    .execute()
  return rows.map(({ transfer_id }) => `transfer ${transfer_id} does not balance`)
}

function balanceFaults(
  balances: readonly { account_id: string; posted: number; pending: number }[],
  sumOf: ReadonlyMap<string, number>,
): string[] {
  return balances.flatMap(({ account_id, posted, pending }) => {
    const free = sumOf.get(available(account_id)) ?? 0
    const set = sumOf.get(held(account_id)) ?? 0
    const faults: string[] = []
    if (posted !== free + set || pending !== set)
      faults.push(`${account_id}: balance ${posted}/${pending}, entries say ${free + set}/${set}`)
    if (free < 0 || set < 0) faults.push(`${account_id}: below zero (${free} available, ${set} held)`)
    return faults
  })
}

type HoldWithWork = Awaited<ReturnType<typeof holdsWithWork>>[number]

const holdsWithWork = (tx: Tx) =>
  tx
    .selectFrom('credit_holds as h')
    .leftJoin('transcriptions as t', 't.id', 'h.transcription_id')
    .select([
      'h.id',
      'h.state',
      'h.amount',
      'h.posted_amount',
      't.id as job',
      't.state as jobState',
      't.credits_debited',
      't.price',
      't.duration_ms',
      't.reused',
    ])
    .execute()

/** Between a hold and the work that it is for. */
function holdFaults(h: HoldWithWork): string[] {
  const faults: string[] = []
  const open = h.jobState === 'queued' || h.jobState === 'running'
  if (h.state === 'pending' && h.job !== null && !open) faults.push(`${h.id} is open, but ${h.job} has ended`)
  if (h.state !== 'pending' && open) faults.push(`${h.id} is ${h.state}, but ${h.job} has not ended`)
  if (h.jobState === 'succeeded') faults.push(...chargeFaults(h))
  if ((h.jobState === 'failed' || h.jobState === 'cancelled') && h.state === 'posted')
    faults.push(`${h.job} ${h.jobState}, but ${h.id} was posted`)
  return faults
}

function chargeFaults(h: HoldWithWork): string[] {
  const faults: string[] = []
  if (h.state !== 'posted' || h.posted_amount !== h.credits_debited)
    faults.push(
      `${h.job} succeeded for ${h.credits_debited}, but ${h.id} is ${h.state} for ${h.posted_amount}`,
    )
  if (h.price !== null && h.duration_ms !== null) {
    const due = Math.min(h.amount, price(JSON.parse(h.price) as PricePolicy, h.duration_ms / 1000))
    // What was answered from stored text may be free.
    if (h.posted_amount !== due && !(h.reused === 1 && h.posted_amount === 0))
      faults.push(`${h.job} was charged ${h.posted_amount}, but its price is ${due}`)
  }
  return faults
}

async function unpaidSuccesses(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('transcriptions as t')
    .leftJoin('credit_holds as h', 'h.id', 't.hold_id')
    .select('t.id')
    .where('t.state', '=', 'succeeded')
    .where('h.id', 'is', null)
    .execute()
  return rows.map(({ id }) => `${id} succeeded without a hold`)
}

/** What each hold's transfers leave open. */
async function openOfHolds(tx: Tx): Promise<ReadonlyMap<string | null, number>> {
  const rows = await tx
    .selectFrom('credit_transfers')
    .select(['hold_id', sql<number>`sum(case when kind = 'hold' then amount else -amount end)`.as('open')])
    .where('hold_id', 'is not', null)
    .groupBy('hold_id')
    .execute()
  return new Map(rows.map(({ hold_id, open }) => [hold_id, Number(open)]))
}

function openFaults(holds: readonly HoldWithWork[], openOf: ReadonlyMap<string | null, number>): string[] {
  return holds.flatMap(({ id, state, amount }) => {
    const open = openOf.get(id) ?? 0
    if (open === (state === 'pending' ? amount : 0)) return []
    return [`${id} is ${state}, but its transfers leave ${open} of ${amount} open`]
  })
}
