import { freed } from '../leases/lease.ts'
import type { Db } from '../tables.ts'
import type { Scope } from './once.ts'
import type { IdempotencyRow } from './tables.ts'

/** What everyone gets who asks under the key. */
export interface StoredResponse {
  status: number
  headers: Record<string, string>
  body: string
}

/**
 * Stores how it ended, unless somebody else did before, or works on it by now; returns what is stored.
 * @param token of the claim under which it was executed, if it was claimed
 */
export async function storeResponse(
  db: Db,
  scope: Scope,
  response: StoredResponse,
  token?: string,
): Promise<{ response: StoredResponse; first: boolean }> {
  const { numUpdatedRows } = await db
    .updateTable('idempotency_keys')
    .set({
      status: response.status,
      headers: JSON.stringify(response.headers),
      body: response.body,
      ...freed,
    })
    .where('account_id', '=', scope.accountId)
    .where('route', '=', scope.route)
    .where('key', '=', scope.key)
    .where('status', 'is', null)
    .where('lease_token', token === undefined ? 'is' : '=', token ?? null)
    .executeTakeFirst()
  if (numUpdatedRows === 1n) return { response, first: true }
  const row = await db
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('account_id', '=', scope.accountId)
    .where('route', '=', scope.route)
    .where('key', '=', scope.key)
    .executeTakeFirst()
  // Swept in the meantime, or still under way elsewhere: then nobody else has another answer yet.
  return { response: (row && responseOf(row)) ?? response, first: false }
}

/** Undefined: it has not ended yet. */
export function responseOf({ status, headers, body }: IdempotencyRow): StoredResponse | undefined {
  if (status === null || body === null) return undefined
  return { status, body, headers: JSON.parse(headers ?? '{}') as Record<string, string> }
}
