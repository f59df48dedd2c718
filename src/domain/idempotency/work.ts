/** A key that stands for work only: whoever asks under it waits for the same transcription, and is answered anew. */
import type { Db, Tx } from '../tables.ts'
import type { Scope } from './once.ts'

/** The next request under the key begins its own work. */
export async function forgetWork(db: Db | Tx, { accountId, route, key }: Scope): Promise<void> {
  await db
    .deleteFrom('idempotency_keys')
    .where('account_id', '=', accountId)
    .where('route', '=', route)
    .where('key', '=', key)
    .execute()
}

/** The same, where what was begun has failed: to try again is the point of asking again. */
export async function forgetFailedWork(db: Db, { accountId, route, key }: Scope): Promise<void> {
  await db
    .deleteFrom('idempotency_keys')
    .where('account_id', '=', accountId)
    .where('route', '=', route)
    .where('key', '=', key)
    .where('transcription_id', 'in', (eb) =>
      eb
        .selectFrom('transcriptions')
        .select('id')
        .where('account_id', '=', accountId)
        .where('state', 'in', ['failed', 'cancelled']),
    )
    .execute()
}
