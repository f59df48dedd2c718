/**
 * Who may execute what a key stands for: the one who wrote its row. Work that becomes a transcription is
 * claimed in the transaction that accepts it, so the claim lasts exactly as long as the work. Anything else
 * is claimed for a while by whoever executes it, who renews that claim as long as it lives.
 */
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { claimed, free, freed, isFree, type Lease, setHeld } from '../leases/lease.ts'
import type { Db, Tx } from '../tables.ts'
import type { Once, Scope } from './once.ts'
import type { IdempotencyRow } from './tables.ts'

/**
 * Writes the row, and tells what was made under the key by who died before it was answered. Undefined: somebody else has
 * written it, and it still counts: there is a response or work, or a claim that has not run out. On PostgreSQL this waits
 * for a twin's transaction to end.
 */
export async function claimKey(
  db: Db | Tx,
  now: number,
  { accountId, route, key, fingerprint }: Once,
  { keepMs, lease }: { keepMs: number; lease?: Lease },
): Promise<Pick<IdempotencyRow, 'made_id'> | undefined> {
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
  const made = sql<string>`case when idempotency_keys.expires_at > ${now} then idempotency_keys.made_id end`
  return db
    .insertInto('idempotency_keys')
    .values({ account_id: accountId, route, key, ...values, made_id: null })
    .onConflict((c) =>
      c
        .columns(['account_id', 'route', 'key'])
        .doUpdateSet({ ...values, made_id: made })
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
    .returning('made_id')
    .executeTakeFirst()
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

/**
 * In the transaction that makes anything but a transcription: the request made this. Where its process dies before it
 * answers, the next request under the key does so, and makes no other. Ids made from the key instead were given up: each
 * table had to be searched, also for keys that had expired, and what was deleted in between was made again.
 * @param id null: it is of no use, and the next request makes another
 * @throws Lost where somebody else executes the request by now
 */
export async function recordMade(db: Db | Tx, { once }: Pick<Ctx, 'once'>, id: string | null): Promise<void> {
  if (once?.token) await setHeld(db, 'idempotency_keys', once.token, { made_id: id })
}

/**
 * It was not answered: the next request under this key executes it, or answers with what was made. If nothing was, the
 * key may be used for something else. False: the claim was gone.
 */
export async function dropKey(db: Db, lease: Lease): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('idempotency_keys')
    .where('lease_token', '=', lease.token)
    .where('status', 'is', null)
    .where('made_id', 'is', null)
    .executeTakeFirst()
  return numDeletedRows === 1n || free(db, lease)
}
