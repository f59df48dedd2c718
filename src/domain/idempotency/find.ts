import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { isFree } from '../leases/lease.ts'
import type { Once } from './once.ts'
import type { IdempotencyRow } from './tables.ts'

export interface Execution extends IdempotencyRow {
  /** Nobody executes it at this moment. A flag, as the database says it. */
  free: boolean | number
}

/**
 * The execution that began under this key, ended or not.
 * @throws DomainError `idempotency.conflict` where it was asked for with another body
 */
export async function findExecution(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { accountId, route, key, fingerprint }: Once,
): Promise<Execution | undefined> {
  const row = await db
    .selectFrom('idempotency_keys')
    .selectAll()
    .select(isFree('idempotency_keys').as('free'))
    .where('account_id', '=', accountId)
    .where('route', '=', route)
    .where('key', '=', key)
    .where('expires_at', '>', clock.now())
    .executeTakeFirst()
  if (row && row.fingerprint !== fingerprint)
    throw new DomainError(
      'idempotency.conflict',
      'This Idempotency-Key was used before with a different request body. Use a new key for a new request.',
      { field: 'Idempotency-Key', reason: 'conflict' },
    )
  return row
}
