/** Reads the lists of subscriptions that are due. */
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
    // Several, so that a slow list does not block the others; few, so as not to flood a platform with requests.
    atOnce: 3,
    claim: () => claimSubscription(deps),
    run: (claimed, stopping) =>
      lookAfter(lookDeps, claimed, stopping).catch((err: unknown) =>
        deps.logger.error({ err, subscription: claimed.row.id }, 'a subscription could not be processed'),
      ),
    failed: (err) => deps.logger.error({ err }, 'cannot look for subscriptions that are due'),
  })
}
