import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { isFree } from '../leases/lease.ts'
import type { Once, Scope } from './once.ts'
import type { IdempotencyRow } from './tables.ts'

/** What a key begins with that was made from what was asked for, where the request brought none. */
const DERIVED = 'derived '

export const derivedKey = (print: string): string => DERIVED + print

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

/** Whether anything was begun under this key, whatever was asked for. */
export async function isKnown(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { accountId, route, key }: Scope,
): Promise<boolean> {
  const found = await db
    .selectFrom('idempotency_keys')
    .select('key')
    .where('account_id', '=', accountId)
    .where('route', '=', route)
    .where('key', '=', key)
    .where('expires_at', '>', clock.now())
    .executeTakeFirst()
  return found !== undefined
}

/** Whether work of this account is under way that requests without a key may join. */
export async function hasJoinable(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { accountId, route }: Pick<Scope, 'accountId' | 'route'>,
): Promise<boolean> {
  const found = await db
    .selectFrom('idempotency_keys as i')
    .innerJoin('transcriptions as t', 't.id', 'i.transcription_id')
    .select('i.key')
    .where('i.account_id', '=', accountId)
    .where('i.route', '=', route)
    .where('i.key', 'like', `${DERIVED}%`)
    .where('i.expires_at', '>', clock.now())
    .where('t.state', 'in', ['queued', 'running'])
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
