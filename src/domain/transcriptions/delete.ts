import { purge } from '../archive/purge.ts'
import { requireMayDelete } from '../archive/retention.ts'
import type { Ctx, Deps } from '../context.ts'
import { requireScope } from '../keys/authenticate.ts'
import type { TranscriptionState } from '../tables.ts'
import { getTranscription } from './get.ts'
import { cancel } from './settle.ts'
import { hasEnded } from './watch.ts'

type DeleteDeps = Pick<Deps, 'db' | 'signals' | 'clock' | 'media'>

/**
 * Cancels a transcription that is queued or running: it stays listed and costs nothing. Deletes one that has ended for
 * good, with its text. The ledger keeps its entries.
 * @throws DomainError `resource.not_found`, `role.forbidden`
 */
export async function deleteTranscription(deps: DeleteDeps, ctx: Ctx, id: string): Promise<Outcome> {
  requireScope(ctx, 'transcribe')
  const row = await getTranscription(deps, ctx.accountId, id)
  await requireMayDelete(deps.db, ctx, [row])
  const outcome = await endOrRemoval(deps, ctx.accountId, row)
  if (outcome === 'removed') await remove(deps, ctx, [id])
  return outcome
}

/**
 * The same for many at once. What is not there, or not the account's, is passed over.
 * @returns what became of each that was there
 * @throws DomainError `role.forbidden`, before anything has changed
 */
export async function deleteTranscriptions(
  deps: DeleteDeps,
  ctx: Ctx,
  ids: readonly string[],
): Promise<{ id: string; outcome: Outcome }[]> {
  requireScope(ctx, 'transcribe')
  const rows = await deps.db
    .selectFrom('transcriptions')
    .select(['id', 'state', 'created_by'])
    .where('account_id', '=', ctx.accountId)
    .where('id', 'in', [...new Set(ids)])
    .execute()
  await requireMayDelete(deps.db, ctx, rows)
  const outcomes: { id: string; outcome: Outcome }[] = []
  for (const row of rows) outcomes.push({ id: row.id, outcome: await endOrRemoval(deps, ctx.accountId, row) })
  await remove(
    deps,
    ctx,
    outcomes.filter(({ outcome }) => outcome === 'removed').map(({ id }) => id),
  )
  return outcomes
}

type Outcome = 'cancelled' | 'removed'

/** One that ends by itself while it is being cancelled has ended: it is removed. */
const endOrRemoval = async (
  deps: DeleteDeps,
  accountId: string,
  { id, state }: { id: string; state: TranscriptionState },
): Promise<Outcome> => (!hasEnded(state) && (await cancel(deps, accountId, id)) ? 'cancelled' : 'removed')

const remove = (deps: DeleteDeps, ctx: Ctx, ids: string[]): Promise<void> =>
  purge(deps, ids, { reason: 'deleted', by: ctx.userId ?? ctx.keyId })
