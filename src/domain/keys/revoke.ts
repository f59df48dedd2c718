import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { ApiKeyRow } from '../tables.ts'
import { requireScope } from './authenticate.ts'

/**
 * Ends a key at once, everywhere: no process remembers keys. Ending it again changes nothing.
 * @throws DomainError `key.scope`, `resource.not_found`
 */
export async function revokeKey(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  keyId: string,
): Promise<ApiKeyRow> {
  requireScope(ctx, 'keys')
  const row = await db
    .updateTable('api_keys')
    .set((eb) => ({ revoked_at: eb.fn.coalesce('revoked_at', eb.val(clock.now())) }))
    .where('id', '=', keyId)
    .where('account_id', '=', ctx.accountId)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new DomainError('resource.not_found', `There is no API key ${keyId} in your account.`)
  return row
}
