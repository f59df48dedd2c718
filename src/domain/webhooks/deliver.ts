/** One attempt at a time: it is claimed, so that a worker that dies only delays it. */
import { sql } from 'kysely'
import type { WebhookAnswer, WebhookSender } from '../../ports/webhook-sender.ts'
import type { Deps } from '../context.ts'
import { type Claimed, claimDue } from '../leases/due.ts'
import { freed } from '../leases/lease.ts'
import { whileHeld } from '../leases/while-held.ts'
import { judge, nextWait } from './rules.ts'
import { signatures } from './sign.ts'
import type { WebhookDeliveryRow, WebhookEndpointRow } from './tables.ts'

type DeliverDeps = Pick<Deps, 'db' | 'clock'> & { webhooks: WebhookSender }

const LEASE_MS = 15_000
const DISABLED = 'the endpoint is disabled'

/** Claims what is due. Undefined: nothing is. */
export const claimDelivery = ({ db }: Pick<Deps, 'db'>): Promise<Claimed<WebhookDeliveryRow> | undefined> =>
  claimDue(db, 'webhook_deliveries', {
    open: sql`state = 'pending'`,
    leaseMs: LEASE_MS,
    set: { attempts: sql`attempts + 1` },
  })

/** What came of an attempt. */
export interface Attempted {
  delivered: boolean
  /** What was answered, if anything was. */
  status?: number
  error?: string
}

/** Makes the attempt and notes what came of it, unless the claim is gone by then. */
export const deliver = (
  deps: DeliverDeps,
  { row, lease }: Claimed<WebhookDeliveryRow>,
  signal: AbortSignal,
  /** The span of the attempt, sent to the receiver. */
  traceparent?: string,
): Promise<Attempted> =>
  whileHeld(deps, lease, (lost) => deliverClaimed(deps, row, AbortSignal.any([signal, lost]), traceparent))

async function deliverClaimed(
  deps: DeliverDeps,
  row: WebhookDeliveryRow,
  signal: AbortSignal,
  traceparent: string | undefined,
): Promise<Attempted> {
  const endpoint = await deps.db
    .selectFrom('webhook_endpoints')
    .selectAll()
    .where('id', '=', row.endpoint_id)
    .executeTakeFirst()
  if (!endpoint) return { delivered: false, error: 'the endpoint was removed' }
  if (endpoint.disabled_at !== null && row.attempts > 1) {
    await end(deps, row, 'failed', { last_error: DISABLED })
    return { delivered: false, error: DISABLED }
  }
  const outcome = await attempt(deps, endpoint, row, signal, traceparent)
  if ('error' in outcome) {
    await again(deps, row, { last_status: null, last_error: outcome.error })
    return { delivered: false, error: outcome.error }
  }
  const { status, retryAfterMs } = outcome
  const verdict = judge(status)
  const said = { last_status: status, last_error: verdict === 'succeeded' ? null : `answered ${status}` }
  if (verdict === 'succeeded') await end(deps, row, 'succeeded', said)
  else if (verdict === 'again') await again(deps, row, said, retryAfterMs)
  else {
    await disable(deps, endpoint.id, 'it answered 410 Gone')
    await end(deps, row, 'failed', said)
  }
  return { delivered: verdict === 'succeeded', status }
}

async function attempt(
  { clock, webhooks }: DeliverDeps,
  endpoint: WebhookEndpointRow,
  { event_id, payload }: WebhookDeliveryRow,
  signal: AbortSignal,
  traceparent: string | undefined,
): Promise<WebhookAnswer | { error: string }> {
  const now = clock.now()
  const timestamp = Math.floor(now / 1000)
  const { secret, old_secret, old_secret_until } = endpoint
  const secrets = old_secret !== null && (old_secret_until ?? 0) > now ? [secret, old_secret] : [secret]
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Earshot-Webhooks/1',
    ...(traceparent !== undefined && { traceparent }),
    'webhook-id': event_id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures({ id: event_id, timestamp, body: payload }, secrets),
  }
  try {
    return await webhooks.post(endpoint.url, headers, payload, signal)
  } catch (error) {
    return { error: (error as Error).message }
  }
}

type Said = Partial<Pick<WebhookDeliveryRow, 'last_status' | 'last_error'>>

async function again(
  deps: DeliverDeps,
  row: WebhookDeliveryRow,
  said: Said,
  retryAfterMs?: number,
): Promise<void> {
  const wait = nextWait(row.attempts, Math.random(), retryAfterMs)
  if (wait === null) {
    await disable(deps, row.endpoint_id, 'every attempt failed for days')
    return end(deps, row, 'failed', said)
  }
  await deps.db
    .updateTable('webhook_deliveries')
    .set({ ...said, ...freed, next_at: Math.round(deps.clock.now() + wait) })
    .where('lease_token', '=', row.lease_token)
    .execute()
}

async function end(
  { db, clock }: DeliverDeps,
  { lease_token }: WebhookDeliveryRow,
  state: 'succeeded' | 'failed',
  said: Said,
): Promise<void> {
  await db
    .updateTable('webhook_deliveries')
    .set({ ...said, ...freed, state, next_at: null, ended_at: clock.now() })
    .where('lease_token', '=', lease_token)
    .execute()
}

async function disable({ db, clock }: DeliverDeps, endpointId: string, reason: string): Promise<void> {
  await db
    .updateTable('webhook_endpoints')
    .set({ disabled_at: clock.now(), disabled_reason: reason })
    .where('id', '=', endpointId)
    .where('disabled_at', 'is', null)
    .execute()
}

export interface Origin {
  transcription?: string
  batch?: string
  account?: string
  request?: string
  trace?: string
}

/** What its log lines are found by: the transcription or batch that it tells of, and the request that began that. */
export async function originOf(
  { db }: Pick<Deps, 'db'>,
  { payload }: Pick<WebhookDeliveryRow, 'payload'>,
): Promise<{ origin: Origin; traceparent?: string | null | undefined }> {
  const { data } = JSON.parse(payload) as { data?: { id?: string } }
  if (data?.id === undefined) return { origin: {} }
  for (const [name, table] of Object.entries({
    transcription: 'transcriptions',
    batch: 'batches',
  } as const)) {
    const row = await db
      .selectFrom(table)
      .select(['id', 'account_id', 'request_id', 'trace_id', 'traceparent'])
      .where('id', '=', data.id)
      .executeTakeFirst()
    if (!row) continue
    const origin = {
      [name]: row.id,
      account: row.account_id,
      ...(row.request_id && { request: row.request_id }),
      ...(row.trace_id && { trace: row.trace_id }),
    }
    return { origin, traceparent: row.traceparent }
  }
  return { origin: {} }
}
