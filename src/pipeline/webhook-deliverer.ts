/** Sends what is due, some at a time. One in every process that works; any number may share a database. */
import type { Logger } from 'pino'
import type { Deps } from '../domain/context.ts'
import { startPoll } from '../domain/leases/poll.ts'
import { claimDelivery, deliver, originOf } from '../domain/webhooks/deliver.ts'
import type { WebhookSender } from '../ports/webhook-sender.ts'

/** Signals may be lost, and retries fall due by themselves. */
const LOOK_MS = 2000
const AT_ONCE = 8

export function startDeliverer(deps: Deps & { webhooks: WebhookSender; logger: Logger }): {
  stop(): Promise<void>
} {
  const stopping = new AbortController()
  const poll = startPoll({
    everyMs: LOOK_MS,
    claim: async (sending) => (sending < AT_ONCE ? claimDelivery(deps) : undefined),
    async run(claimed) {
      const { id, event_type: event, attempts } = claimed.row
      try {
        const log = deps.logger.child({ delivery: id, event, ...(await originOf(deps, claimed.row)) })
        log.debug({ attempts }, 'sending a webhook')
        const { delivered, ...said } = await deliver(deps, claimed, stopping.signal)
        if (delivered) log.debug({ attempts, ...said }, 'the webhook was delivered')
        else log.warn({ attempts, ...said }, 'a webhook was not delivered')
      } catch (error) {
        deps.logger.error({ err: error, delivery: id }, 'a webhook delivery broke')
      }
    },
    failed: (error) => deps.logger.error({ err: error }, 'cannot look for due webhooks'),
  })
  const unsubscribe = deps.signals.subscribe('webhook.due', poll.look)
  return {
    async stop() {
      unsubscribe()
      stopping.abort(new Error('stopping'))
      await poll.stop()
      await poll.ended()
    },
  }
}
