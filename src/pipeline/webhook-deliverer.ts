/** Sends what is due, some at a time. One in every process that works; any number may share a database. */
import type { Logger } from 'pino'
import type { Deps } from '../domain/context.ts'
import { startPoll } from '../domain/leases/poll.ts'
import { claimDelivery, deliver } from '../domain/webhooks/deliver.ts'
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
      deps.logger.debug({ delivery: id, event, attempts }, 'sending a webhook')
      await deliver(deps, claimed, stopping.signal).catch((error: unknown) =>
        deps.logger.error({ err: error, delivery: claimed.row.id }, 'a webhook delivery broke'),
      )
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
