import type { Ctx, Deps, Scope } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { ApiKeyRow } from '../tables.ts'
import { requireScope } from './authenticate.ts'
import { createKey } from './create.ts'

export interface IssueKey {
  name?: string | undefined
  /** Default: all that the asking key has. */
  scopes?: readonly Scope[] | undefined
  /** Epoch ms; default: never. */
  expiresAt?: number | undefined
}

/**
 * Makes a key for the account that asks. A key cannot make one that may do more than itself.
 * @throws DomainError `key.scope`, `request.invalid`
 */
export async function issueKey(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  { name, scopes = ctx.scopes, expiresAt }: IssueKey,
): Promise<{ apiKey: string; row: ApiKeyRow }> {
  requireScope(ctx, 'keys')
  for (const scope of scopes) requireScope(ctx, scope)
  const now = clock.now()
  if (expiresAt !== undefined && expiresAt <= now)
    throw new DomainError('request.invalid', 'expiresAt: must be in the future.', {
      field: 'expiresAt',
      reason: 'past',
    })
  return db.transaction().execute((tx) =>
    createKey(tx, now, {
      accountId: ctx.accountId,
      scopes,
      ...(name !== undefined && { name }),
      ...(expiresAt !== undefined && { expiresAt }),
    }),
  )
}
