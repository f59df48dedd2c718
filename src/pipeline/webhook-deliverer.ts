/** Sends webhooks, and sends again those that were not taken. */
import type { Logger } from 'pino'
import type { Deps } from '../domain/context.ts'
import { claimDelivery, deliver, originOf } from '../domain/webhooks/deliver.ts'
import type { WebhookSender } from '../ports/webhook-sender.ts'
import { whenDue } from './when-due.ts'

export const startDeliverer = (
  deps: Deps & { webhooks: WebhookSender; logger: Logger },
): { stop(): Promise<void> } =>
  whenDue(deps.signals, {
    topic: 'webhook.due',
    everyMs: 2000,
    atOnce: 8,
    claim: () => claimDelivery(deps),
    async run(claimed, stopping) {
      const { id, event_type: event, attempts } = claimed.row
      try {
        const log = deps.logger.child({ delivery: id, event, ...(await originOf(deps, claimed.row)) })
        log.debug({ attempts }, 'sending a webhook')
        const { delivered, ...said } = await deliver(deps, claimed, stopping)
        if (delivered) log.debug({ attempts, ...said }, 'the webhook was delivered')
        else log.warn({ attempts, ...said }, 'a webhook was not delivered')
      } catch (error) {
        deps.logger.error({ err: error, delivery: id }, 'a webhook delivery broke')
      }
    },
    failed: (error) => deps.logger.error({ err: error }, 'cannot look for due webhooks'),
  })
