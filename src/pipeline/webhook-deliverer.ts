/** Sends webhooks, and sends again those that were not taken. */
import type { Logger } from 'pino'
import type { Deps } from '../domain/context.ts'
import { claimDelivery, deliver, originOf } from '../domain/webhooks/deliver.ts'
import { inSpan } from '../ports/tracer.ts'
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
        const { origin, traceparent: parent } = await originOf(deps, claimed.row)
        const log = deps.logger.child({ delivery: id, event, ...origin })
        log.debug({ attempts }, 'sending a webhook')
        const about = { 'earshot.event': event, 'earshot.attempt': attempts }
        const { delivered, ...said } = await inSpan(
          deps.tracer,
          'webhook',
          { kind: 'client', parent, attributes: about },
          async (span) => {
            const attempted = await deliver(deps, claimed, stopping, span?.traceparent)
            span?.set({ 'http.response.status_code': attempted.status })
            if (!attempted.delivered) span?.fail('not delivered')
            return attempted
          },
        )
        if (delivered) log.debug({ attempts, ...said }, 'the webhook was delivered')
        else log.warn({ attempts, ...said }, 'a webhook was not delivered')
      } catch (error) {
        deps.logger.error({ err: error, delivery: id }, 'a webhook delivery broke')
      }
    },
    failed: (error) => deps.logger.error({ err: error }, 'cannot look for due webhooks'),
  })
