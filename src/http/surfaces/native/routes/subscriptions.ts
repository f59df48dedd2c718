import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  changeSubscriptionBody,
  createSubscriptionBody,
  type ListEntriesReply,
  type ListSubscriptionsReply,
  listEntriesQuery,
  listSubscriptionsQuery,
  type SubscriptionEntry,
  type SubscriptionReply,
} from '../../../../contract/subscriptions.ts'
import type { Wishes } from '../../../../contract/wishes.ts'
import { changeSubscription, deleteSubscription, lookNow } from '../../../../domain/subscriptions/change.ts'
import { createSubscription } from '../../../../domain/subscriptions/create.ts'
import {
  countSkipped,
  type FoundEntry,
  getSubscription,
  listEntries,
  listSubscriptions,
  type Subscription,
} from '../../../../domain/subscriptions/read.ts'
import type { Look, Problem } from '../../../../domain/subscriptions/tables.ts'
import { requireAble } from '../../../able.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { executeOnce, idempotent } from '../../../plugins/idempotency.ts'
import type { NativeOptions } from '../options.ts'
import { iso } from '../present.ts'

const MINUTE = 60_000

interface ById {
  Params: { id: string }
}

/** `/v1/subscriptions`: playlists, channels and feeds whose new entries are transcribed. */
export function subscriptions(app: FastifyInstance, deps: HttpDeps, { surface }: NativeOptions): void {
  async function subscribe({ ctx, body, gone }: FastifyRequest): Promise<string> {
    const { url, name, everyMinutes, limit, backlog, ...asked } = parse(createSubscriptionBody, body)
    const wishes = await able(deps, asked)
    const input = { surface, url, name, everyMs: everyMinutes * MINUTE, mostAtOnce: limit, backlog, wishes }
    return (await createSubscription(deps, ctx, input, gone)).id
  }

  app.post('/subscriptions', { preHandler: idempotent(deps) }, (request, reply) =>
    executeOnce(deps, request, reply, async (made): Promise<SubscriptionReply> => {
      const id = made ?? (await subscribe(request))
      reply.code(201).header('location', `${app.prefix}/subscriptions/${id}`)
      return present(await getSubscription(deps, request.ctx, id))
    }),
  )

  app.get('/subscriptions', async ({ ctx, query }): Promise<ListSubscriptionsReply> => {
    const { items, nextCursor } = await listSubscriptions(deps, ctx, parse(listSubscriptionsQuery, query))
    return { items: items.map(present), nextCursor }
  })

  app.get<ById>('/subscriptions/:id', async ({ ctx, params }) =>
    present(await getSubscription(deps, ctx, params.id)),
  )

  app.patch<ById>('/subscriptions/:id', async ({ ctx, params, body }) => {
    const { name, everyMinutes, limit, paused, ...asked } = parse(changeSubscriptionBody, body)
    const { wishes: before } = await getSubscription(deps, ctx, params.id)
    const wishes =
      Object.keys(asked).length === 0
        ? undefined
        : await able(deps, { ...(JSON.parse(before) as Wishes), ...asked })
    const everyMs = everyMinutes === undefined ? undefined : everyMinutes * MINUTE
    const change = { name, everyMs, mostAtOnce: limit, paused, wishes }
    return present(await changeSubscription(deps, ctx, params.id, change))
  })

  app.post<ById>('/subscriptions/:id/look', async ({ ctx, params }, reply) =>
    reply.code(202).send(present(await lookNow(deps, ctx, params.id))),
  )

  app.get<ById>('/subscriptions/:id/entries', async ({ ctx, params, query }): Promise<ListEntriesReply> => {
    const subscription = await getSubscription(deps, ctx, params.id)
    const { items, nextCursor } = await listEntries(deps, subscription, parse(listEntriesQuery, query))
    return { items: items.map(presentEntry), nextCursor, skipped: await countSkipped(deps, subscription) }
  })

  app.delete<ById>('/subscriptions/:id', async ({ ctx, params }, reply) => {
    await deleteSubscription(deps, ctx, params.id)
    return reply.code(204).send()
  })
}

/** Captions may be in any language: one that no engine knows is refused only if the sound is always transcribed. */
async function able(deps: HttpDeps, asked: Wishes): Promise<Wishes> {
  const language = asked.mode === 'speech' ? asked.language : undefined
  const { model } = await requireAble(deps, { ...asked, language })
  return { ...asked, model }
}

function present(row: Subscription): SubscriptionReply {
  const look = JSON.parse(row.last_look ?? 'null') as Look | null
  return {
    id: row.id,
    url: row.url,
    title: row.title,
    name: row.name,
    state: row.state,
    everyMinutes: Math.round(row.every_ms / MINUTE),
    limit: row.most_at_once,
    options: JSON.parse(row.wishes) as Record<string, unknown>,
    waiting: row.waiting,
    blocked: JSON.parse(row.blocked ?? 'null') as Problem | null,
    lastLook: look && { at: iso(look.at), found: look.found, error: look.error },
    failures: row.failures,
    nextLookAt: row.state === 'paused' ? null : iso(row.look_at),
    lastBatchId: row.last_batch_id,
    createdAt: iso(row.created_at),
  }
}

function presentEntry(row: FoundEntry): SubscriptionEntry {
  return {
    url: row.url ?? '',
    title: row.title,
    durationSeconds: row.seconds,
    state: stateOf(row),
    batchId: row.batch_id,
    transcriptionId: row.transcriptionId,
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
    foundAt: iso(row.found_at),
  }
}

function stateOf({ state, item, live }: FoundEntry): SubscriptionEntry['state'] {
  if (state !== 'taken') return 'waiting'
  // Its batch has ended and was removed.
  if (item === null) return 'succeeded'
  return item === 'waiting' ? 'queued' : item === 'begun' ? (live ?? 'queued') : item
}
