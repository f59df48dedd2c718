/**
 * Who may execute what a key stands for: the one who wrote its row. Work that becomes a transcription is
 * claimed in the transaction that accepts it, so the claim lasts exactly as long as the work. Anything else
 * is claimed for a while by whoever executes it, who renews that claim as long as it lives.
 */
import { claimed, freed, isFree, type Lease } from '../leases/lease.ts'
import type { Db, Tx } from '../tables.ts'
import type { Once, Scope } from './once.ts'

/**
 * Writes the row. False: somebody else has, and it still counts: there is a response or work, or a claim that has not
 * run out. On PostgreSQL this waits for a twin's transaction to end.
 */
export async function claimKey(
  db: Db | Tx,
  now: number,
  { accountId, route, key, fingerprint }: Once,
  { keepMs, lease }: { keepMs: number; lease?: Lease },
): Promise<boolean> {
  const values = {
    fingerprint,
    transcription_id: null,
    ...(lease ? claimed(lease) : freed),
    status: null,
    headers: null,
    body: null,
    created_at: now,
    expires_at: now + keepMs,
  }
  const written = await db
    .insertInto('idempotency_keys')
    .values({ account_id: accountId, route, key, ...values })
    .onConflict((c) =>
      c
        .columns(['account_id', 'route', 'key'])
        .doUpdateSet(values)
        .where((eb) =>
          eb.or([
            eb('idempotency_keys.expires_at', '<=', now),
            eb.and([
              eb('idempotency_keys.status', 'is', null),
              eb('idempotency_keys.transcription_id', 'is', null),
              isFree('idempotency_keys'),
            ]),
          ]),
        ),
    )
    .returning('key')
    .executeTakeFirst()
  return written !== undefined
}

/** In the transaction of the claim: this is the work. */
export async function attachWork(tx: Tx, scope: Scope, transcriptionId: string): Promise<void> {
  await tx
    .updateTable('idempotency_keys')
    .set({ transcription_id: transcriptionId })
    .where('account_id', '=', scope.accountId)
    .where('route', '=', scope.route)
    .where('key', '=', scope.key)
    .execute()
}

/** Nothing came of it: the next request under this key executes it. False: the claim was gone. */
export async function dropKey(db: Db, { token }: Lease): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('idempotency_keys')
    .where('lease_token', '=', token)
    .where('status', 'is', null)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
