import type { WebhookSender } from '../../ports/webhook-sender.ts'
import { type Guard, mayBePublic, webhookPolicy } from '../egress/index.ts'
import { retryAfterMs } from '../retry-after.ts'
import { outside, policyFor, portOf, receivers } from './receivers.ts'

const TIMEOUT_MS = 20_000

export interface SenderOptions {
  guard: Guard
  /** `HOST` or `HOST:PORT` of receivers in the operator's own network, which the guard would refuse. */
  allowed?: readonly string[] | undefined
}

/** Posts events through the guard; redirects are not followed. */
export function createWebhookSender({ guard, allowed = [] }: SenderOptions): WebhookSender {
  const isAllowed = receivers(allowed)
  const policyOf = policyFor(allowed, webhookPolicy)
  return {
    vet(text) {
      if (!URL.canParse(text)) throw new Error('is not a URL')
      const url = new URL(text)
      if (url.username || url.password) throw new Error('must not carry a user name or password')
      if (isAllowed(url)) return
      if (url.protocol !== 'https:') throw new Error('must begin with https://')
      if (!webhookPolicy.ports.includes(portOf(url)))
        throw new Error(`must use one of the ports ${webhookPolicy.ports.join(', ')}`)
      if (!mayBePublic(url)) throw new Error(`must lead to ${outside('EARSHOT_WEBHOOK_ALLOW')}`)
    },
    async post(text, headers, body, signal) {
      const answer = await guard.request({
        url: text,
        method: 'POST',
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        body,
        policy: policyOf(new URL(text)),
        signal,
        // Nothing of it is read: only the status counts.
        maxBytes: Number.POSITIVE_INFINITY,
        timeoutMs: TIMEOUT_MS,
      })
      answer.body.on('error', () => {}).destroy()
      const waitMs = retryAfterMs(answer.headers['retry-after'], Date.now())
      return { status: answer.status, ...(waitMs !== undefined && { retryAfterMs: waitMs }) }
    },
  }
}
