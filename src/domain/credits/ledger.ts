/**
 * The double-entry ledger. Every movement is a transfer with two legs that cancel out, so the sum of all
 * entries is zero for ever; nothing is updated or deleted. Each account has two ledgers, `available` and
 * `held`; the system has `issued` (where granted credits come from) and `revenue` (where spent ones go).
 *
 *   grant   issued    → available          hold    available → held
 *   post    held      → revenue (+ rest: held → available)
 *   void, expire      held → available
 *
 * `credit_balances` keeps what the entries sum to (posted = available + held, pending = held), so that
 * a hold is one conditional update, which no race can overdraw. `earshot credits audit` proves they agree.
 */
import { sql } from 'kysely'
import { newId } from '../ids.ts'
import { lockRows } from '../lock-rows.ts'
import type { CreditTransferRow, TransferKind, Tx } from '../tables.ts'

export const ISSUED = 'issued'
export const REVENUE = 'revenue'
export const available = (accountId: string): string => `${accountId}:available`
export const held = (accountId: string): string => `${accountId}:held`

interface Movement {
  accountId: string
  kind: TransferKind
  from: string
  to: string
  amount: number
  holdId?: string
  transcriptionId?: string | null
  reference?: string
  note?: string
}

/** Writes one transfer and its two legs. A `reference` that was used before is an error of the database. */
export async function record(tx: Tx, now: number, m: Movement): Promise<CreditTransferRow> {
  const transfer: CreditTransferRow = {
    id: newId('xfer'),
    account_id: m.accountId,
    kind: m.kind,
    amount: m.amount,
    hold_id: m.holdId ?? null,
    transcription_id: m.transcriptionId ?? null,
    reference: m.reference ?? null,
    note: m.note ?? null,
    created_at: now,
  }
  await tx.insertInto('credit_transfers').values(transfer).execute()
  await tx
    .insertInto('credit_entries')
    .values([
      { transfer_id: transfer.id, ledger: m.from, amount: -m.amount },
      { transfer_id: transfer.id, ledger: m.to, amount: m.amount },
    ])
    .execute()
  return transfer
}

/** For a transaction that moves several balances: locks them in one order, whoever does it. */
export async function lockBalances(tx: Tx, accountIds: readonly string[]): Promise<void> {
  for (const id of [...new Set(accountIds)].sort())
    await lockRows(
      tx.selectFrom('credit_balances').select('account_id').where('account_id', '=', id),
    ).execute()
}

/** Moves the account's balance, but only where `posted` and `pending` stay within their bounds. */
export async function moveBalance(
  tx: Tx,
  accountId: string,
  change: { posted?: number; pending?: number },
): Promise<boolean> {
  const posted = change.posted ?? 0
  const pending = change.pending ?? 0
  const result = await tx
    .updateTable('credit_balances')
    .set({ posted: sql`posted + ${posted}`, pending: sql`pending + ${pending}` })
    .where('account_id', '=', accountId)
    .where(sql<number>`posted + ${posted}`, '>=', sql<number>`pending + ${pending}`)
    .where(sql<number>`pending + ${pending}`, '>=', 0)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
