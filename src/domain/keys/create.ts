import type { Scope } from '../context.ts'
import { SCOPES } from '../context.ts'
import { newId } from '../ids.ts'
import type { ApiKeyRow, Tx } from '../tables.ts'
import { hashKey, makeKey, previewKey } from './rules.ts'

export interface NewKey {
  accountId: string
  name?: string
  scopes?: readonly Scope[]
  expiresAt?: number | null
}

/** Makes a key and returns it in clear: the only time that it can be read. */
export async function createKey(
  tx: Tx,
  now: number,
  input: NewKey,
): Promise<{ apiKey: string; row: ApiKeyRow }> {
  const apiKey = makeKey()
  const row: ApiKeyRow = {
    id: newId('key'),
    account_id: input.accountId,
    name: input.name ?? 'default',
    hash: hashKey(apiKey),
    preview: previewKey(apiKey),
    scopes: JSON.stringify(input.scopes ?? SCOPES),
    created_at: now,
    last_used_at: null,
    expires_at: input.expiresAt ?? null,
    revoked_at: null,
  }
  await tx.insertInto('api_keys').values(row).execute()
  return { apiKey, row }
}
