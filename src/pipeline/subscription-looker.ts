/** Looks at the lists of subscriptions. */
import { claimSubscription, lookAfter } from '../domain/subscriptions/look.ts'
import type { PipelineDeps } from './context.ts'
import { whenDue } from './when-due.ts'

export function startSubscriptionLooker(deps: PipelineDeps): { stop(): Promise<void> } {
  const lookDeps = {
    ...deps,
    unexpected: (err: unknown, { id }: { id: string }) =>
      deps.logger.error({ err, subscription: id }, 'a subscription’s list could not be read'),
  }
  return whenDue(deps.signals, {
    topic: 'subscription.due',
    everyMs: 2000,
    // Slow lists do not hold up the others, and no platform is asked for many at once.
    atOnce: 3,
    claim: () => claimSubscription(deps),
    run: (claimed, stopping) =>
      lookAfter(lookDeps, claimed, stopping).catch((err: unknown) =>
        deps.logger.error({ err, subscription: claimed.row.id }, 'a subscription could not be looked after'),
      ),
    failed: (err) => deps.logger.error({ err }, 'cannot look for subscriptions that are due'),
  })
}
