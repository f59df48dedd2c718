/** Whether an event was sent by the server, as Standard Webhooks 1.0.0 has it. */
import type { WebhookEvent } from '../contract/webhooks.ts'
import { WebhookError } from './errors.ts'

type HeaderFields = Headers | Record<string, string | string[] | undefined>

export interface VerifyOptions {
  /** How old an event may be, and how far ahead the sender's clock. Default: 300. */
  toleranceSeconds?: number
}

const DEFAULT_TOLERANCE_SECONDS = 300
const PREFIX = 'whsec_'

/**
 * @param body as it came, before any JSON was read of it
 * @param secret one of them is enough, while they are being exchanged
 * @throws WebhookError
 */
export async function verifyWebhook(
  body: string | Uint8Array,
  headers: HeaderFields,
  secret: string | readonly string[],
  { toleranceSeconds = DEFAULT_TOLERANCE_SECONDS }: VerifyOptions = {},
): Promise<WebhookEvent> {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  const id = field(headers, 'webhook-id')
  const timestamp = field(headers, 'webhook-timestamp')
  const age = Date.now() / 1000 - Number(timestamp)
  if (!(Math.abs(age) <= toleranceSeconds))
    throw new WebhookError('The event is too old, or from the future.')
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${text}`)
  const signatures = field(headers, 'webhook-signature').split(' ')
  for (const each of typeof secret === 'string' ? [secret] : secret)
    if (await isSigned(signed, signatures, each)) return JSON.parse(text) as WebhookEvent
  throw new WebhookError('The event was not signed with this secret.')
}

async function isSigned(
  signed: Uint8Array<ArrayBuffer>,
  signatures: string[],
  secret: string,
): Promise<boolean> {
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const bytes = fromBase64(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret)
  if (!bytes) throw new WebhookError('The secret is none: it begins with “whsec_”.')
  const key = await crypto.subtle.importKey('raw', bytes, hmac, false, ['verify'])
  for (const each of signatures) {
    const [version, signature = ''] = each.split(',')
    const given = version === 'v1' ? fromBase64(signature) : undefined
    // Compares in constant time.
    if (given && (await crypto.subtle.verify(hmac, key, given, signed))) return true
  }
  return false
}

function field(headers: HeaderFields, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name]
  if (typeof value !== 'string') throw new WebhookError(`The header ${name} is missing.`)
  return value
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  } catch {
    return undefined
  }
}
