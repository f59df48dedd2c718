import { purge } from '../archive/purge.ts'
import type { Ctx, Deps } from '../context.ts'
import { requireScope } from '../keys/authenticate.ts'
import { cancelOpen } from './cancel-open.ts'
import { notFound } from './get.ts'

type DeleteDeps = Pick<Deps, 'db' | 'signals' | 'clock' | 'media'>
type Outcome = 'cancelled' | 'removed'

/**
 * Cancels a transcription that is queued or running: it stays listed and costs nothing. Deletes one that has ended for
 * good, with its text. The ledger keeps its entries.
 * @throws DomainError `resource.not_found`, `role.forbidden`
 */
export async function deleteTranscription(deps: DeleteDeps, ctx: Ctx, id: string): Promise<Outcome> {
  const [one] = await deleteTranscriptions(deps, ctx, [id])
  if (!one) throw notFound(id)
  return one.outcome
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
  const all = await cancelOpen(deps, ctx, ids)
  const ended = all.filter(({ cancelled }) => !cancelled).map(({ id }) => id)
  await purge(deps, ended, { reason: 'deleted', by: ctx.userId ?? ctx.keyId })
  return all.map(({ id, cancelled }) => ({ id, outcome: cancelled ? 'cancelled' : 'removed' }))
}
