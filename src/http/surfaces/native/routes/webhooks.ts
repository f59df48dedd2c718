import type { FastifyInstance } from 'fastify'
import {
  createWebhookBody,
  type DeliveryReply,
  EVENT_TYPES,
  type ListDeliveriesReply,
  listDeliveriesQuery,
  updateWebhookBody,
  type WebhookReply,
  type WebhookWithSecret,
} from '../../../../contract/webhooks.ts'
import { listDeliveries, replay, sendTest } from '../../../../domain/webhooks/deliveries.ts'
import {
  createEndpoint,
  getEndpoint,
  listEndpoints,
  removeEndpoint,
  rotateSecret,
  updateEndpoint,
} from '../../../../domain/webhooks/endpoints.ts'
import type { WebhookDeliveryRow, WebhookEndpointRow } from '../../../../domain/webhooks/tables.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { iso, isoOrNull } from '../present.ts'

interface ById {
  Params: { id: string }
}

/** `/v1/webhooks`: receivers of the account's events, what was sent to them, and sending it again. */
export function webhooks(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/webhooks', async ({ ctx }) => ({ items: (await listEndpoints(deps, ctx)).map(endpoint) }))
  app.post('/webhooks', async ({ ctx, body }, reply) =>
    reply.code(201).send(withSecret(await createEndpoint(deps, ctx, parse(createWebhookBody, body)))),
  )
  app.get<ById>('/webhooks/:id', async ({ ctx, params }) =>
    withSecret(await getEndpoint(deps, ctx, params.id)),
  )
  app.patch<ById>('/webhooks/:id', async ({ ctx, params, body }) =>
    endpoint(await updateEndpoint(deps, ctx, params.id, parse(updateWebhookBody, body))),
  )
  app.delete<ById>('/webhooks/:id', async ({ ctx, params }, reply) => {
    await removeEndpoint(deps, ctx, params.id)
    return reply.code(204).send()
  })
  app.post<ById>('/webhooks/:id/rotate', async ({ ctx, params }) =>
    withSecret(await rotateSecret(deps, ctx, params.id)),
  )
  app.post<ById>('/webhooks/:id/test', async ({ ctx, params }, reply) =>
    reply.code(202).send(delivery(await sendTest(deps, ctx, params.id))),
  )
  app.get<ById>('/webhooks/:id/deliveries', async ({ ctx, params, query }): Promise<ListDeliveriesReply> => {
    const { cursor } = parse(listDeliveriesQuery, query)
    const { deliveries, next } = await listDeliveries(deps, ctx, params.id, cursor)
    return { items: deliveries.map(delivery), nextCursor: next }
  })
  app.post<{ Params: { id: string; deliveryId: string } }>(
    '/webhooks/:id/deliveries/:deliveryId/replay',
    async ({ ctx, params }, reply) =>
      reply.code(202).send(delivery(await replay(deps, ctx, params.id, params.deliveryId))),
  )
}

const endpoint = (row: WebhookEndpointRow): WebhookReply => ({
  id: row.id,
  url: row.url,
  events: EVENT_TYPES.filter((type) => (JSON.parse(row.events) as string[]).includes(type)),
  enabled: row.disabled_at === null,
  disabledReason: row.disabled_reason,
  disabledAt: isoOrNull(row.disabled_at),
  createdAt: iso(row.created_at),
})

const withSecret = (row: WebhookEndpointRow): WebhookWithSecret => ({
  ...endpoint(row),
  secret: row.secret,
})

const delivery = (row: WebhookDeliveryRow): DeliveryReply => ({
  id: row.id,
  eventId: row.event_id,
  eventType: row.event_type,
  state: row.state,
  attempts: row.attempts,
  nextAttemptAt: isoOrNull(row.next_at),
  lastStatus: row.last_status,
  lastError: row.last_error,
  payload: row.payload,
  createdAt: iso(row.created_at),
  endedAt: isoOrNull(row.ended_at),
})
