import type { Ctx, Deps } from '../context.ts'
import { type Balance, balanceOf } from '../credits/balance.ts'
import { requireScope } from '../keys/authenticate.ts'
import type { AccountRow } from '../tables.ts'

/** What an account has, and on which terms. @throws DomainError `key.scope` */
export async function accountCredits(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
): Promise<{ account: AccountRow; balance: Balance }> {
  requireScope(ctx, 'credits')
  const account = await db
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', ctx.accountId)
    .executeTakeFirstOrThrow()
  return { account, balance: await balanceOf(db, ctx.accountId) }
}
