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
  /** Those that are given go before those it has. */
  wishes?: Wishes | undefined
}

/**
 * While it is paused nothing is looked at, and nothing begun. When it goes on, its list is looked at at once.
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
      // Whoever is at it now stops.
      ...(paused !== undefined && { state: paused ? ('paused' as const) : ('active' as const), ...freed }),
      ...(lookAt !== undefined && { look_at: lookAt, next_at: resumed ? databaseNow : lookAt }),
    })
    .where('id', '=', id)
    .execute()
  if (resumed) deps.signals.publish('subscription.due', id)
  return getSubscription(deps, ctx, id)
}

/** Looks at its list as soon as somebody can. @throws DomainError `resource.not_found`, `subscription.paused` */
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

/** What it began goes on, and stays. @throws DomainError `resource.not_found` */
export async function deleteSubscription(deps: ChangeDeps, ctx: Ctx, id: string): Promise<void> {
  requireScope(ctx, 'transcribe')
  await getSubscription(deps, ctx, id)
  await deps.db.deleteFrom('subscriptions').where('id', '=', id).execute()
}
