import type { Db } from '../tables.ts'
import type { Scope } from './find.ts'
import type { IdempotencyRow } from './tables.ts'

/** What everyone gets who asks under the key. */
export interface StoredResponse {
  status: number
  headers: Record<string, string>
  body: string
}

/** Stores how it ended, unless somebody else did before; returns what is stored. */
export async function storeResponse(
  db: Db,
  scope: Scope,
  response: StoredResponse,
): Promise<{ response: StoredResponse; first: boolean }> {
  const { numUpdatedRows } = await db
    .updateTable('idempotency_keys')
    .set({
      status: response.status,
      headers: JSON.stringify(response.headers),
      body: response.body,
      owner: null,
      lease_until: null,
    })
    .where('account_id', '=', scope.accountId)
    .where('route', '=', scope.route)
    .where('key', '=', scope.key)
    .where('status', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 1n) return { response, first: true }
  const row = await db
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('account_id', '=', scope.accountId)
    .where('route', '=', scope.route)
    .where('key', '=', scope.key)
    .executeTakeFirst()
  // Swept in the meantime: then nobody else has another answer.
  return { response: (row && responseOf(row)) ?? response, first: false }
}

/** Undefined: it has not ended yet. */
export function responseOf({ status, headers, body }: IdempotencyRow): StoredResponse | undefined {
  if (status === null || body === null) return undefined
  return { status, body, headers: JSON.parse(headers ?? '{}') as Record<string, string> }
}
