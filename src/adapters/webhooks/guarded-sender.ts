import type { WebhookSender } from '../../ports/webhook-sender.ts'
import { EgressError, type Guard, webhookPolicy } from '../egress/index.ts'

const TIMEOUT_MS = 20_000
/** The answer's body is not read further: only its status counts. */
const MAX_ANSWER = 64 * 1024

export interface SenderOptions {
  guard: Guard
  /** `HOST:PORT` of receivers in the operator's own network, which the guard would refuse; plain http will do. */
  allowed?: readonly string[] | undefined
}

/** Posts events through the guard; redirects are not followed. */
export function createWebhookSender({ guard, allowed = [] }: SenderOptions): WebhookSender {
  const isAllowed = (url: URL): boolean => allowed.includes(url.host)
  return {
    vet(text) {
      if (!URL.canParse(text)) throw new Error('is not a URL')
      const url = new URL(text)
      if (url.username || url.password) throw new Error('must not carry a user name or password')
      if (isAllowed(url)) return
      if (url.protocol !== 'https:') throw new Error('must begin with https://')
      const port = Number(url.port || 443)
      if (!webhookPolicy.ports.includes(port))
        throw new Error(`must use one of the ports ${webhookPolicy.ports.join(', ')}`)
    },
    async post(text, headers, body, signal) {
      const url = new URL(text)
      try {
        return isAllowed(url)
          ? await postPlainly(url, headers, body, signal)
          : await postGuarded(guard, text, headers, body, signal)
      } catch (cause) {
        throw cause instanceof EgressError ? cause : new Error(reasonOf(cause), { cause })
      }
    },
  }
}

async function postGuarded(
  guard: Guard,
  url: string,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
) {
  const answer = await guard.request({
    url,
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    body,
    policy: webhookPolicy,
    signal,
    maxBytes: MAX_ANSWER,
    timeoutMs: TIMEOUT_MS,
  })
  answer.body.on('error', () => {}).destroy()
  const after = answer.headers['retry-after']
  return answered(answer.status, after)
}

/** For receivers that the operator vouched for. */
async function postPlainly(url: URL, headers: Record<string, string>, body: string, signal: AbortSignal) {
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  })
  await answer.body?.cancel()
  return answered(answer.status, answer.headers.get('retry-after') ?? undefined)
}

function answered(status: number, retryAfter: string | undefined) {
  const seconds = Number(retryAfter)
  return { status, ...(Number.isFinite(seconds) && seconds > 0 && { retryAfterMs: seconds * 1000 }) }
}

function reasonOf(cause: unknown): string {
  if ((cause as Error).name === 'TimeoutError') return 'the receiver took too long'
  return 'the receiver could not be reached'
}
