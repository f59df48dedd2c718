/** Sends what is due, some at a time. One in every process that works; any number may share a database. */
import type { Logger } from 'pino'
import type { Deps } from '../domain/context.ts'
import { claimDelivery, deliver } from '../domain/webhooks/deliver.ts'
import type { WebhookSender } from '../ports/webhook-sender.ts'

/** Signals may be lost, and retries fall due by themselves. */
const LOOK_MS = 2000
const AT_ONCE = 8

export function startDeliverer(deps: Deps & { webhooks: WebhookSender; logger: Logger }): {
  stop(): Promise<void>
} {
  const sending = new Set<Promise<void>>()
  const stopping = new AbortController()
  let claiming: Promise<void> | undefined
  let again = false

  function look(): void {
    again = true
    claiming ??= claimAll()
      .catch((error: unknown) => deps.logger.error({ err: error }, 'cannot look for due webhooks'))
      .finally(() => {
        claiming = undefined
      })
  }

  async function claimAll(): Promise<void> {
    while (again) {
      again = false
      while (sending.size < AT_ONCE && !stopping.signal.aborted) {
        const row = await claimDelivery(deps)
        if (!row) break
        const one: Promise<void> = deliver(deps, row, stopping.signal)
          .catch((error: unknown) =>
            deps.logger.error({ err: error, delivery: row.id }, 'a webhook delivery broke'),
          )
          .finally(() => {
            sending.delete(one)
            look()
          })
        sending.add(one)
      }
    }
  }

  const unsubscribe = deps.signals.subscribe('webhook.due', look)
  const timer = setInterval(look, LOOK_MS)
  look()
  return {
    async stop() {
      clearInterval(timer)
      unsubscribe()
      stopping.abort(new Error('stopping'))
      await claiming
      await Promise.all(sending)
    },
  }
}
