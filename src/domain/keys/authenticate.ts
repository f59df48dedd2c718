import type { Ctx, Deps, Scope } from '../context.ts'
import { DomainError } from '../errors.ts'
import { tierOf } from '../limits/rates.ts'
import type { AccountRow, ApiKeyRow } from '../tables.ts'
import { hashKey, looksLikeKey } from './rules.ts'

/** `last_used_at` is for people: a write a minute is enough. */
const LAST_USED_STEP_MS = 60_000

export interface Authenticated {
  ctx: Ctx
  account: AccountRow
}

/**
 * Finds who a key belongs to.
 * @throws DomainError `key.invalid`, `key.revoked`, `key.expired`
 */
export async function authenticate(
  { db, clock, policy }: Pick<Deps, 'db' | 'clock' | 'policy'>,
  key: string,
  requestId: string,
): Promise<Authenticated> {
  const row = looksLikeKey(key) ? await findKey(db, key) : undefined
  if (!row) throw new DomainError('key.invalid', 'Invalid API key')
  const now = clock.now()
  if (row.revoked_at !== null) throw new DomainError('key.revoked', 'API key revoked')
  if (row.expires_at !== null && row.expires_at <= now)
    throw new DomainError('key.expired', 'API key expired')
  const account = await db
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', row.account_id)
    .executeTakeFirstOrThrow()
  if (now - (row.last_used_at ?? 0) > LAST_USED_STEP_MS)
    await db.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', row.id).execute()
  const scopes = JSON.parse(row.scopes) as Scope[]
  const plan = policy.catalogue.plans.find(({ id }) => id === account.plan)
  const tier = tierOf(account, now, plan?.rateTier)
  return { account, ctx: { accountId: account.id, keyId: row.id, scopes, requestId, tier } }
}

const findKey = (db: Deps['db'], key: string): Promise<ApiKeyRow | undefined> =>
  db.selectFrom('api_keys').selectAll().where('hash', '=', hashKey(key)).executeTakeFirst()

/** @throws DomainError `key.scope` */
export function requireScope(ctx: Ctx, scope: Scope): void {
  if (!ctx.scopes.includes(scope))
    throw new DomainError('key.scope', `This API key has no “${scope}” scope.`, { scope })
}
