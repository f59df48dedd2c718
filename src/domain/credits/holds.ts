/**
 * A hold is money set aside when work is accepted. It ends exactly once: posted (at most what was held,
 * the rest returns), voided, or expired. The end is a conditional update of the hold's row, and the
 * transfer's unique reference stands behind it as a second lock.
 */
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { CreditHoldRow, Tx } from '../tables.ts'
import { balanceOf } from './balance.ts'
import { available, held, moveBalance, REVENUE, record } from './ledger.ts'

/** @throws DomainError `credits.insufficient` with `estimatedCost` and `currentBalance` */
export async function hold(
  tx: Tx,
  now: number,
  input: { accountId: string; amount: number; transcriptionId: string; expiresAt: number },
): Promise<string> {
  const { accountId, amount, transcriptionId, expiresAt } = input
  if (!(await moveBalance(tx, accountId, { pending: amount }))) {
    throw await insufficient(tx, accountId, amount)
  }
  const id = newId('hold')
  await tx
    .insertInto('credit_holds')
    .values({
      id,
      account_id: accountId,
      transcription_id: transcriptionId,
      amount,
      state: 'pending',
      posted_amount: null,
      created_at: now,
      expires_at: expiresAt,
      ended_at: null,
    })
    .execute()
  await record(tx, now, {
    accountId,
    kind: 'hold',
    from: available(accountId),
    to: held(accountId),
    amount,
    holdId: id,
    transcriptionId,
    reference: `hold:${id}`,
  })
  return id
}

/**
 * Holds more, where the work turns out to cost more than was expected; never less.
 * @throws DomainError `credits.insufficient`
 */
export async function raiseHold(tx: Tx, now: number, holdId: string, amount: number): Promise<void> {
  const row = await pending(tx, holdId)
  const more = amount - row.amount
  if (more <= 0) return
  if (!(await moveBalance(tx, row.account_id, { pending: more })))
    throw await insufficient(tx, row.account_id, amount, row.amount)
  await tx.updateTable('credit_holds').set({ amount }).where('id', '=', holdId).execute()
  await record(tx, now, {
    accountId: row.account_id,
    kind: 'hold',
    from: available(row.account_id),
    to: held(row.account_id),
    amount: more,
    holdId,
    transcriptionId: row.transcription_id,
    reference: `hold:${holdId}:${amount}`,
  })
}

/** @param has what is held already */
async function insufficient(tx: Tx, accountId: string, amount: number, has = 0): Promise<DomainError> {
  const currentBalance = (await balanceOf(tx, accountId)).available + has
  return new DomainError(
    'credits.insufficient',
    'Your account does not have enough AI credits to complete this transcription. ' +
      `Estimated cost: ${credits(amount)}. Current balance: ${credits(currentBalance)}.`,
    { estimatedCost: amount, currentBalance },
  )
}

/** Takes what the work really cost out of the hold. Returns the credits posted: at most the hold. */
export async function post(tx: Tx, now: number, holdId: string, cost: number): Promise<number> {
  const row = await pending(tx, holdId)
  const amount = Math.min(cost, row.amount)
  await end(tx, now, row, 'posted', amount)
  await moveBalance(tx, row.account_id, { posted: -amount, pending: -row.amount })
  const common = { accountId: row.account_id, holdId, transcriptionId: row.transcription_id }
  await record(tx, now, {
    ...common,
    kind: 'post',
    from: held(row.account_id),
    to: REVENUE,
    amount,
    reference: `end:${holdId}`,
  })
  if (row.amount > amount)
    await record(tx, now, {
      ...common,
      kind: 'void',
      from: held(row.account_id),
      to: available(row.account_id),
      amount: row.amount - amount,
      reference: `rest:${holdId}`,
    })
  return amount
}

/** Gives the whole hold back: the work failed, was cancelled, or took longer than the hold lasts. */
export async function release(tx: Tx, now: number, holdId: string, as: 'voided' | 'expired'): Promise<void> {
  const row = await pending(tx, holdId)
  await end(tx, now, row, as, 0)
  await moveBalance(tx, row.account_id, { pending: -row.amount })
  await record(tx, now, {
    accountId: row.account_id,
    kind: as === 'voided' ? 'void' : 'expire',
    from: held(row.account_id),
    to: available(row.account_id),
    amount: row.amount,
    holdId,
    transcriptionId: row.transcription_id,
    reference: `end:${holdId}`,
  })
}

const credits = (n: number): string => `${n} credit${n === 1 ? '' : 's'}`

async function pending(tx: Tx, holdId: string): Promise<CreditHoldRow> {
  const row = await tx.selectFrom('credit_holds').selectAll().where('id', '=', holdId).executeTakeFirst()
  if (row?.state !== 'pending') throw new Error(`hold ${holdId} is ${row?.state ?? 'unknown'}, not pending`)
  return row
}

async function end(
  tx: Tx,
  now: number,
  row: CreditHoldRow,
  state: 'posted' | 'voided' | 'expired',
  postedAmount: number,
): Promise<void> {
  const result = await tx
    .updateTable('credit_holds')
    .set({ state, posted_amount: postedAmount, ended_at: now })
    .where('id', '=', row.id)
    .where('state', '=', 'pending')
    .executeTakeFirst()
  if (result.numUpdatedRows !== 1n) throw new Error(`hold ${row.id} was ended by somebody else`)
}
