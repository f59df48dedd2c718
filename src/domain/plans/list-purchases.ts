import type { Ctx, Deps } from '../context.ts'
import { requireScope } from '../keys/authenticate.ts'
import type { PurchaseRow } from './tables.ts'

const MOST = 200

/** What the account bought or began to buy, the newest first. @throws DomainError `key.scope` */
export async function listPurchases({ db }: Pick<Deps, 'db'>, ctx: Ctx): Promise<PurchaseRow[]> {
  requireScope(ctx, 'credits')
  return db
    .selectFrom('purchases')
    .selectAll()
    .where('account_id', '=', ctx.accountId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(MOST)
    .execute()
}
