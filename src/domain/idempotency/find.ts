import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { isFree } from '../leases/lease.ts'
import type { IdempotencyRow } from './tables.ts'

/** What a key stands for: the same key of another account, or on another route, is another key. */
export interface Scope {
  accountId: string
  route: string
  key: string
}

/** Under which key something is asked for, and what it is. */
export interface Once extends Scope {
  fingerprint: string
  /** How long it stands for that; default: the operator’s policy. */
  keepMs?: number
  /**
   * It stands for the work and not for the answer: `begin` begins it whatever was begun before, `join` joins what
   * was.
   */
  work?: 'begin' | 'join'
}

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
