import type { Ctx, Deps } from '../context.ts'
import { BY_CREATION, type Page, type PageInput, pageOf } from '../cursor.ts'
import { requireScope } from '../keys/authenticate.ts'
import type { CreditTransferRow } from '../tables.ts'
import { available, held } from './ledger.ts'

export interface StatementItem {
  transfer: CreditTransferRow
  /** What the transfer did to the credits that new work may take, and to those that the account has. */
  availableChange: number
  postedChange: number
}

/** The account's transfers, newest first, a page at a time. @throws DomainError `key.scope`, `request.invalid` */
export async function statement(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  page: PageInput,
): Promise<Page<StatementItem>> {
  requireScope(ctx, 'credits')
  const query = db.selectFrom('credit_transfers').selectAll().where('account_id', '=', ctx.accountId)
  const { items, nextCursor } = await pageOf(query, page, BY_CREATION)
  const changes = await changesOf(db, ctx.accountId, items)
  return { items: items.map((transfer) => ({ transfer, ...changes(transfer.id) })), nextCursor }
}

async function changesOf(db: Deps['db'], accountId: string, transfers: CreditTransferRow[]) {
  const ids = transfers.map((t) => t.id)
  const entries =
    ids.length === 0
      ? []
      : await db.selectFrom('credit_entries').selectAll().where('transfer_id', 'in', ids).execute()
  const sum = (transferId: string, ...ledgers: string[]): number =>
    entries
      .filter((e) => e.transfer_id === transferId && ledgers.includes(e.ledger))
      .reduce((total, e) => total + e.amount, 0)
  return (id: string) => ({
    availableChange: sum(id, available(accountId)),
    postedChange: sum(id, available(accountId), held(accountId)),
  })
}
