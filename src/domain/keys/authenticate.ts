import type { Ctx, Deps, Scope } from '../context.ts'
import { DomainError } from '../errors.ts'
import { tierOf } from '../limits/rates.ts'
import type { AccountRow } from '../tables.ts'
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
  const { key_id, key_scopes, key_revoked_at, key_expires_at, key_last_used_at, ...account } = row
  if (key_revoked_at !== null) throw new DomainError('key.revoked', 'API key revoked')
  if (key_expires_at !== null && key_expires_at <= now)
    throw new DomainError('key.expired', 'API key expired')
  if (now - (key_last_used_at ?? 0) > LAST_USED_STEP_MS)
    await db.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', key_id).execute()
  const scopes = JSON.parse(key_scopes) as Scope[]
  const plan = policy.catalogue.plans.find(({ id }) => id === account.plan)
  const tier = tierOf(account, now, plan?.rateTier)
  return { account, ctx: { accountId: account.id, keyId: key_id, scopes, requestId, tier } }
}

/** The account, and what has to be known of the key. */
const findKey = (db: Deps['db'], key: string) =>
  db
    .selectFrom('api_keys as k')
    .innerJoin('accounts as a', 'a.id', 'k.account_id')
    .selectAll('a')
    .select([
      'k.id as key_id',
      'k.scopes as key_scopes',
      'k.revoked_at as key_revoked_at',
      'k.expires_at as key_expires_at',
      'k.last_used_at as key_last_used_at',
    ])
    .where('k.hash', '=', hashKey(key))
    .executeTakeFirst()

/** @throws DomainError `key.scope` */
export function requireScope(ctx: Ctx, scope: Scope): void {
  if (!ctx.scopes.includes(scope))
    throw new DomainError('key.scope', `This API key has no “${scope}” scope.`, { scope })
}
