import type { Ctx, Deps } from '../context.ts'
import { requireScope } from '../keys/authenticate.ts'
import { getTranscription } from './get.ts'
import { cancel } from './settle.ts'
import { hasEnded } from './watch.ts'

/**
 * Cancels what is under way (it stays listed, and costs nothing), removes what has ended, with its text.
 * The ledger keeps what was paid.
 * @throws DomainError `resource.not_found`
 */
export async function deleteTranscription(
  deps: Pick<Deps, 'db' | 'signals' | 'clock'>,
  ctx: Ctx,
  id: string,
): Promise<'cancelled' | 'removed'> {
  requireScope(ctx, 'transcribe')
  const { state } = await getTranscription(deps, ctx.accountId, id)
  if (!hasEnded(state) && (await cancel(deps, ctx.accountId, id))) return 'cancelled'
  await deps.db
    .deleteFrom('transcriptions')
    .where('id', '=', id)
    .where('account_id', '=', ctx.accountId)
    .where('state', 'in', ['succeeded', 'failed', 'cancelled'])
    .execute()
  return 'removed'
}
