/**
 * Proves that the money is right, from the entries alone: they sum to zero; every balance is what its
 * entries sum to and not below zero; every hold ended at most once, and open ones belong to open work;
 * every success was charged once at the price it was accepted at, every failure nothing.
 */
import { sql } from 'kysely'
import type { Db } from '../tables.ts'
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
    const faults: string[] = []
    const sums = await tx
      .selectFrom('credit_entries')
      .select(['ledger', sql<number>`sum(amount)`.as('sum'), sql<number>`count(*)`.as('count')])
      .groupBy('ledger')
      .execute()
    const total = sums.reduce((n, row) => n + Number(row.sum), 0)
    if (total !== 0) faults.push(`the entries sum to ${total}, not to zero`)
    const sumOf = new Map(sums.map((row) => [row.ledger, Number(row.sum)]))

    const unbalanced = await tx
      .selectFrom('credit_entries')
      .select('transfer_id')
      .groupBy('transfer_id')
      .having(sql<boolean>`sum(amount) <> 0 or count(*) <> 2`)
      .execute()
    for (const { transfer_id } of unbalanced) faults.push(`transfer ${transfer_id} does not balance`)

    const balances = await tx.selectFrom('credit_balances').selectAll().execute()
    for (const { account_id, posted, pending } of balances) {
      const free = sumOf.get(available(account_id)) ?? 0
      const set = sumOf.get(held(account_id)) ?? 0
      if (posted !== free + set || pending !== set)
        faults.push(`${account_id}: balance ${posted}/${pending}, entries say ${free + set}/${set}`)
      if (free < 0 || set < 0) faults.push(`${account_id}: below zero (${free} available, ${set} held)`)
    }

    const holds = await tx
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
    for (const h of holds) {
      const open = h.jobState === 'queued' || h.jobState === 'running'
      if (h.state === 'pending' && h.job !== null && !open)
        faults.push(`${h.id} is open, but ${h.job} has ended`)
      if (h.state !== 'pending' && open) faults.push(`${h.id} is ${h.state}, but ${h.job} has not ended`)
      if (h.jobState === 'succeeded' && (h.state !== 'posted' || h.posted_amount !== h.credits_debited))
        faults.push(
          `${h.job} succeeded for ${h.credits_debited}, but ${h.id} is ${h.state} for ${h.posted_amount}`,
        )
      if (h.jobState === 'succeeded' && h.price !== null && h.duration_ms !== null) {
        const due = Math.min(h.amount, price(JSON.parse(h.price) as PricePolicy, h.duration_ms / 1000))
        // What was answered from stored text may be free.
        if (h.posted_amount !== due && !(h.reused === 1 && h.posted_amount === 0))
          faults.push(`${h.job} was charged ${h.posted_amount}, but its price is ${due}`)
      }
      if ((h.jobState === 'failed' || h.jobState === 'cancelled') && h.state === 'posted')
        faults.push(`${h.job} ${h.jobState}, but ${h.id} was posted`)
    }

    const unpaid = await tx
      .selectFrom('transcriptions as t')
      .leftJoin('credit_holds as h', 'h.id', 't.hold_id')
      .select('t.id')
      .where('t.state', '=', 'succeeded')
      .where('h.id', 'is', null)
      .execute()
    for (const { id } of unpaid) faults.push(`${id} succeeded without a hold`)

    const ends = await tx
      .selectFrom('credit_transfers')
      .select(['hold_id', sql<number>`sum(case when kind = 'hold' then amount else -amount end)`.as('open')])
      .where('hold_id', 'is not', null)
      .groupBy('hold_id')
      .execute()
    const openOf = new Map(ends.map((row) => [row.hold_id, Number(row.open)]))
    for (const h of holds) {
      const expected = h.state === 'pending' ? h.amount : 0
      if ((openOf.get(h.id) ?? 0) !== expected)
        faults.push(
          `${h.id} is ${h.state}, but its transfers leave ${openOf.get(h.id) ?? 0} of ${h.amount} open`,
        )
    }

    return {
      ok: faults.length === 0,
      faults,
      checked: {
        entries: sums.reduce((n, row) => n + Number(row.count), 0),
        accounts: balances.length,
        holds: holds.length,
        transcriptions: new Set(holds.map((h) => h.job)).size,
      },
    }
  })
}
