import type { Deps } from '../context.ts'
import { balanceOf } from '../credits/balance.ts'
import { grant } from '../credits/grant.ts'
import { DomainError } from '../errors.ts'

export interface AccountSummary {
  id: string
  name: string
  plan: string
  subscriptionStatus: string | null
  posted: number
  pending: number
  createdAt: number
}

const PAGE = 100

/** All accounts by name, a page at a time. @param after the id of the last one of the page before */
export async function listAccounts(
  { db }: Pick<Deps, 'db'>,
  { q, after }: { q?: string | undefined; after?: string | undefined },
): Promise<{ accounts: AccountSummary[]; next: string | null }> {
  let query = db
    .selectFrom('accounts as a')
    .leftJoin('credit_balances as b', 'b.account_id', 'a.id')
    .select(['a.id', 'a.name', 'a.plan', 'a.subscription_status', 'a.created_at', 'b.posted', 'b.pending'])
    .orderBy('a.name')
    .orderBy('a.id')
    .limit(PAGE + 1)
  if (q) query = query.where((eb) => eb(eb.fn<string>('lower', ['a.name']), 'like', likePattern(q)))
  if (after !== undefined) {
    const last = await db
      .selectFrom('accounts')
      .select(['name', 'id'])
      .where('id', '=', after)
      .executeTakeFirst()
    if (last)
      query = query.where((eb) =>
        eb.or([
          eb('a.name', '>', last.name),
          eb.and([eb('a.name', '=', last.name), eb('a.id', '>', last.id)]),
        ]),
      )
  }
  const rows = await query.execute()
  const accounts = rows.slice(0, PAGE).map((row) => ({
    id: row.id,
    name: row.name,
    plan: row.plan,
    subscriptionStatus: row.subscription_status,
    posted: row.posted ?? 0,
    pending: row.pending ?? 0,
    createdAt: row.created_at,
  }))
  return { accounts, next: rows.length > PAGE ? (accounts.at(-1)?.id ?? null) : null }
}

/** Anywhere in the name; what `LIKE` would take for a pattern counts as nothing. */
const likePattern = (text: string): string => `%${text.toLowerCase().replace(/[%_\\]/g, '')}%`

/** Gives credits. The same reference gives them once. */
export async function grantCredits(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: { accountId: string; amount: number; reference?: string | undefined; note?: string | undefined },
): Promise<{ granted: boolean; posted: number; pending: number; available: number }> {
  const { accountId, amount, reference, note } = input
  const granted = await deps.db.transaction().execute((tx) =>
    grant(tx, deps.clock.now(), {
      accountId,
      amount,
      ...(reference && { reference }),
      ...(note && { note }),
    }),
  )
  return { granted, ...(await balanceOf(deps.db, accountId)) }
}

/** @throws DomainError `resource.not_found` */
export async function requireAccount({ db }: Pick<Deps, 'db'>, id: string): Promise<{ id: string }> {
  const account = await db.selectFrom('accounts').select('id').where('id', '=', id).executeTakeFirst()
  if (!account) throw new DomainError('resource.not_found', `There is no account ${id}.`)
  return account
}
