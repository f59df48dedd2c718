import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { delivery } from './emit.ts'
import { getEndpoint } from './endpoints.ts'
import { TEST_EVENT } from './rules.ts'
import type { WebhookDeliveryRow } from './tables.ts'

type DeliveryDeps = Pick<Deps, 'db' | 'clock' | 'signals'>

const PAGE = 50

/** Newest first. @param before the id of the last one of the page before this */
export async function listDeliveries(
  deps: DeliveryDeps,
  ctx: Ctx,
  endpointId: string,
  before?: string,
): Promise<{ deliveries: WebhookDeliveryRow[]; next: string | null }> {
  await getEndpoint(deps, ctx, endpointId)
  let query = deps.db.selectFrom('webhook_deliveries').selectAll().where('endpoint_id', '=', endpointId)
  if (before !== undefined) {
    const { created_at, id } = await getDelivery(deps, endpointId, before)
    query = query.where((eb) =>
      eb.or([
        eb('created_at', '<', created_at),
        eb.and([eb('created_at', '=', created_at), eb('id', '<', id)]),
      ]),
    )
  }
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(PAGE + 1)
    .execute()
  const deliveries = rows.slice(0, PAGE)
  return { deliveries, next: rows.length > PAGE ? (deliveries.at(-1)?.id ?? null) : null }
}

/** Sends an event again, as a delivery of its own with the same `webhook-id`. */
export async function replay(
  deps: DeliveryDeps,
  ctx: Ctx,
  endpointId: string,
  deliveryId: string,
): Promise<WebhookDeliveryRow> {
  await getEndpoint(deps, ctx, endpointId)
  const earlier = await getDelivery(deps, endpointId, deliveryId)
  const now = deps.clock.now()
  const { event_id, event_type, payload } = earlier
  return send(deps, { ...delivery(now, endpointId, event_id, event_type, {}), payload })
}

/** Sends an event of the type `webhook.test`, to see whether the receiver works. */
export async function sendTest(
  deps: DeliveryDeps,
  ctx: Ctx,
  endpointId: string,
): Promise<WebhookDeliveryRow> {
  await getEndpoint(deps, ctx, endpointId)
  return send(deps, delivery(deps.clock.now(), endpointId, newId('evt'), TEST_EVENT, { endpointId }))
}

async function send({ db, signals }: DeliveryDeps, row: WebhookDeliveryRow): Promise<WebhookDeliveryRow> {
  await db.insertInto('webhook_deliveries').values(row).execute()
  signals.publish('webhook.due', row.id)
  return row
}

async function getDelivery(
  { db }: Pick<Deps, 'db'>,
  endpointId: string,
  id: string,
): Promise<WebhookDeliveryRow> {
  const row = await db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('id', '=', id)
    .where('endpoint_id', '=', endpointId)
    .executeTakeFirst()
  if (!row) throw new DomainError('resource.not_found', `There is no delivery ${id} of this endpoint.`)
  return row
}
