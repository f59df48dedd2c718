import type { Ctx, Deps } from '../context.ts'
import type { ApiKeyRow } from '../tables.ts'
import { requireScope } from './authenticate.ts'

/** All keys of the account, also those that no longer work, the newest first. @throws DomainError `key.scope` */
export async function listKeys({ db }: Pick<Deps, 'db'>, ctx: Ctx): Promise<ApiKeyRow[]> {
  requireScope(ctx, 'keys')
  return db
    .selectFrom('api_keys')
    .selectAll()
    .where('account_id', '=', ctx.accountId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
}
