import type { Ctx, Deps } from '../context.ts'
import { requireScope } from '../keys/authenticate.ts'
import { databaseNow, freed } from '../leases/lease.ts'
import type { Wishes } from '../transcriptions/wishes.ts'
import { getSubscription, type Subscription } from './read.ts'

type ChangeDeps = Pick<Deps, 'db' | 'clock' | 'signals'>

export interface SubscriptionChange {
  name?: string | null | undefined
  everyMs?: number | undefined
  mostAtOnce?: number | undefined
  paused?: boolean | undefined
  /** Merged over the options that it has. */
  wishes?: Wishes | undefined
}

/**
 * While a subscription is paused, its list is not read and no entry starts. Resuming it reads the list at once.
 * @throws DomainError `resource.not_found`
 */
export async function changeSubscription(
  deps: ChangeDeps,
  ctx: Ctx,
  id: string,
  { name, everyMs, mostAtOnce, paused, wishes }: SubscriptionChange,
): Promise<Subscription> {
  requireScope(ctx, 'transcribe')
  const before = await getSubscription(deps, ctx, id)
  const now = deps.clock.now()
  const resumed = paused === false && before.state === 'paused'
  const sooner = everyMs !== undefined && before.failures === 0 && now + everyMs < before.look_at
  const lookAt = resumed ? now : sooner ? now + everyMs : undefined
  await deps.db
    .updateTable('subscriptions')
    .set({
      ...(name !== undefined && { name }),
      ...(everyMs !== undefined && { every_ms: everyMs }),
      ...(mostAtOnce !== undefined && { most_at_once: mostAtOnce }),
      ...(wishes && { wishes: JSON.stringify({ ...(JSON.parse(before.wishes) as Wishes), ...wishes }) }),
      // Takes the claim from the worker that is looking now, if any.
      ...(paused !== undefined && { state: paused ? ('paused' as const) : ('active' as const), ...freed }),
      ...(lookAt !== undefined && { look_at: lookAt, next_at: resumed ? databaseNow : lookAt }),
    })
    .where('id', '=', id)
    .execute()
  if (resumed) deps.signals.publish('subscription.due', id)
  return getSubscription(deps, ctx, id)
}

/** Makes the subscription due now. @throws DomainError `resource.not_found` */
export async function lookNow(deps: ChangeDeps, ctx: Ctx, id: string): Promise<Subscription> {
  requireScope(ctx, 'transcribe')
  await getSubscription(deps, ctx, id)
  await deps.db
    .updateTable('subscriptions')
    .set({ look_at: deps.clock.now(), next_at: databaseNow })
    .where('id', '=', id)
    .execute()
  deps.signals.publish('subscription.due', id)
  return getSubscription(deps, ctx, id)
}

/** Its batches and transcriptions stay, and go on. @throws DomainError `resource.not_found` */
export async function deleteSubscription(deps: ChangeDeps, ctx: Ctx, id: string): Promise<void> {
  requireScope(ctx, 'transcribe')
  await getSubscription(deps, ctx, id)
  await deps.db.deleteFrom('subscriptions').where('id', '=', id).execute()
}
