import type { Ctx, Deps } from '../context.ts'
import { requireScope } from '../keys/authenticate.ts'
import type { TranscriptionState } from '../tables.ts'
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
): Promise<Outcome> {
  requireScope(ctx, 'transcribe')
  const { state } = await getTranscription(deps, ctx.accountId, id)
  const outcome = await endOrRemoval(deps, ctx.accountId, id, state)
  if (outcome === 'removed') await remove(deps, ctx.accountId, [id])
  return outcome
}

/**
 * The same for many at once. What is not there, or not the account's, is passed over.
 * @returns what became of each that was there
 */
export async function deleteTranscriptions(
  deps: Pick<Deps, 'db' | 'signals' | 'clock'>,
  ctx: Ctx,
  ids: readonly string[],
): Promise<{ id: string; outcome: Outcome }[]> {
  requireScope(ctx, 'transcribe')
  const rows = await deps.db
    .selectFrom('transcriptions')
    .select(['id', 'state'])
    .where('account_id', '=', ctx.accountId)
    .where('id', 'in', [...new Set(ids)])
    .execute()
  const outcomes: { id: string; outcome: Outcome }[] = []
  for (const { id, state } of rows)
    outcomes.push({ id, outcome: await endOrRemoval(deps, ctx.accountId, id, state) })
  await remove(
    deps,
    ctx.accountId,
    outcomes.filter(({ outcome }) => outcome === 'removed').map(({ id }) => id),
  )
  return outcomes
}

type Outcome = 'cancelled' | 'removed'

/** One that ends by itself while it is being cancelled has ended: it is removed. */
const endOrRemoval = async (
  deps: Pick<Deps, 'db' | 'signals' | 'clock'>,
  accountId: string,
  id: string,
  state: TranscriptionState,
): Promise<Outcome> => (!hasEnded(state) && (await cancel(deps, accountId, id)) ? 'cancelled' : 'removed')

async function remove({ db }: Pick<Deps, 'db'>, accountId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await db
    .deleteFrom('transcriptions')
    .where('id', 'in', ids)
    .where('account_id', '=', accountId)
    .where('state', 'in', ['succeeded', 'failed', 'cancelled'])
    .execute()
}
