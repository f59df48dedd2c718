import type { PublishedPost } from '../../ports/publisher.ts'
import type { BatchRow, Tally } from '../batches/tables.ts'
import { newId } from '../ids.ts'
import { freed } from '../leases/lease.ts'
import { keepRows } from '../lock-rows.ts'
import type { PostDeliveryRow, PostRow } from '../posts/tables.ts'
import type { Problem, SubscriptionRow } from '../subscriptions/tables.ts'
import type { TranscriptionRow, Tx } from '../tables.ts'
import type { EventType } from './rules.ts'
import type { WebhookDeliveryRow } from './tables.ts'

/**
 * Notes an event for everyone who wants it, in the transaction in which it happened: it is sent if and
 * only if that commits. The payload is thin: the transcript itself is fetched with the account's key.
 */
export async function emitEnd(
  tx: Tx,
  now: number,
  state: 'succeeded' | 'failed' | 'cancelled',
  row: Pick<
    TranscriptionRow,
    | 'id'
    | 'account_id'
    | 'title'
    | 'duration_ms'
    | 'credits_debited'
    | 'error_code'
    | 'model_used'
    | 'stand_in'
    | 'reused'
  >,
): Promise<void> {
  await emit(tx, now, row.account_id, `transcription.${state}`, {
    id: row.id,
    state,
    title: row.title,
    durationSeconds: row.duration_ms === null ? null : row.duration_ms / 1000,
    creditsDebited: row.credits_debited ?? 0,
    modelUsed: row.model_used,
    standIn: row.stand_in === 1,
    reused: row.reused === 1,
    ...(row.error_code !== null && { error: row.error_code }),
  })
}

/** The end of a batch: the one event of all its items. */
export async function emitBatchEnd(
  tx: Tx,
  now: number,
  state: 'completed' | 'cancelled',
  { id, account_id, name, total }: Pick<BatchRow, 'id' | 'account_id' | 'name' | 'total'>,
  { counts, credits }: Tally,
): Promise<void> {
  await emit(tx, now, account_id, `batch.${state}`, {
    id,
    state,
    name,
    total,
    counts,
    creditsDebited: credits,
  })
}

/** The same of a post, when the last of its accounts has an end. */
export async function emitPostEnd(
  tx: Tx,
  now: number,
  state: 'published' | 'failed',
  post: Pick<PostRow, 'id' | 'account_id'>,
  deliveries: readonly PostDeliveryRow[],
): Promise<void> {
  await emit(tx, now, post.account_id, `post.${state}`, {
    id: post.id,
    state,
    platforms: deliveries.map(({ platform, handle, state, published, last_error }) => ({
      platform,
      handle,
      state,
      publicUrl: (JSON.parse(published) as PublishedPost[])[0]?.url ?? null,
      ...(last_error !== null && { error: last_error }),
    })),
  })
}

/** A look at a list found new entries, and a batch was created for them. */
export async function emitSubscriptionFound(
  tx: Tx,
  now: number,
  { id, account_id, name, title }: SubscriptionRow,
  batchId: string,
  items: number,
): Promise<void> {
  await emit(tx, now, account_id, 'subscription.found', { id, name: name ?? title, batchId, items })
}

/** Its list cannot be read, or there are too few credits for the entries found. Sent once, until it works again. */
export async function emitSubscriptionFailed(
  tx: Tx,
  now: number,
  { id, account_id, name, title }: SubscriptionRow,
  { code, message }: Problem,
): Promise<void> {
  await emit(tx, now, account_id, 'subscription.failed', { id, name: name ?? title, error: code, message })
}

async function emit(tx: Tx, now: number, accountId: string, type: EventType, data: object): Promise<void> {
  // Were one deleted before its delivery is noted, whatever has ended here would not have.
  const endpoints = await keepRows(
    tx
      .selectFrom('webhook_endpoints')
      .select(['id', 'events'])
      .where('account_id', '=', accountId)
      .where('disabled_at', 'is', null),
  ).execute()
  const eventId = newId('evt')
  const rows = endpoints
    .filter(({ events }) => (JSON.parse(events) as EventType[]).includes(type))
    .map(({ id }) => delivery(now, id, eventId, type, data))
  if (rows.length > 0) await tx.insertInto('webhook_deliveries').values(rows).execute()
}

/** A delivery that is due now. */
export function delivery(
  now: number,
  endpointId: string,
  eventId: string,
  type: string,
  data: object,
): WebhookDeliveryRow {
  return {
    id: newId('dlv'),
    endpoint_id: endpointId,
    event_id: eventId,
    event_type: type,
    payload: JSON.stringify({ type, timestamp: new Date(now).toISOString(), data }),
    state: 'pending',
    attempts: 0,
    next_at: now,
    last_status: null,
    last_error: null,
    ...freed,
    created_at: now,
    ended_at: null,
  }
}
