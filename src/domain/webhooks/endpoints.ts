import type { WebhookSender } from '../../ports/webhook-sender.ts'
import { countLocked } from '../accounts/lock.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import { EVENT_TYPES, type EventType } from './rules.ts'
import { newSecret } from './sign.ts'
import type { WebhookEndpointRow } from './tables.ts'

type EndpointDeps = Pick<Deps, 'db' | 'clock'>

/** How long the old secret signs as well after a rotation. */
const OVERLAP_MS = 24 * 3_600_000
const MAX_ENDPOINTS = 20
const MAX_URL = 2000

/** Registers a receiver. Its secret is in the returned row. @throws DomainError `request.invalid` */
export async function createEndpoint(
  { db, clock, webhooks }: EndpointDeps & { webhooks: WebhookSender },
  ctx: Ctx,
  input: { url: string; events?: EventType[] | undefined },
): Promise<WebhookEndpointRow> {
  requireScope(ctx, 'webhooks')
  vet(webhooks, input.url)
  const row: WebhookEndpointRow = {
    id: newId('whk'),
    account_id: ctx.accountId,
    url: input.url,
    events: JSON.stringify(input.events ?? EVENT_TYPES),
    secret: newSecret(),
    old_secret: null,
    old_secret_until: null,
    disabled_at: null,
    disabled_reason: null,
    created_at: clock.now(),
  }
  await db.transaction().execute(async (tx) => {
    if ((await countLocked(tx, ctx.accountId, 'webhook_endpoints')) >= MAX_ENDPOINTS)
      throw invalid('url', `an account has at most ${MAX_ENDPOINTS} webhook endpoints`)
    await tx.insertInto('webhook_endpoints').values(row).execute()
  })
  return row
}

export async function listEndpoints({ db }: EndpointDeps, ctx: Ctx): Promise<WebhookEndpointRow[]> {
  requireScope(ctx, 'webhooks')
  return db
    .selectFrom('webhook_endpoints')
    .selectAll()
    .where('account_id', '=', ctx.accountId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** @throws DomainError `resource.not_found` */
export async function getEndpoint({ db }: EndpointDeps, ctx: Ctx, id: string): Promise<WebhookEndpointRow> {
  requireScope(ctx, 'webhooks')
  const row = await db
    .selectFrom('webhook_endpoints')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', ctx.accountId)
    .executeTakeFirst()
  if (!row) throw new DomainError('resource.not_found', `There is no webhook endpoint ${id} in your account.`)
  return row
}

/** Changes where events go, which ones, or whether. Enabling it again forgets why it was disabled. */
export async function updateEndpoint(
  deps: EndpointDeps & { webhooks: WebhookSender },
  ctx: Ctx,
  id: string,
  change: { url?: string | undefined; events?: EventType[] | undefined; enabled?: boolean | undefined },
): Promise<WebhookEndpointRow> {
  const row = await getEndpoint(deps, ctx, id)
  if (change.url !== undefined) vet(deps.webhooks, change.url)
  const now = deps.clock.now()
  const changed: WebhookEndpointRow = {
    ...row,
    ...(change.url !== undefined && { url: change.url }),
    ...(change.events && { events: JSON.stringify(change.events) }),
    ...(change.enabled === true && { disabled_at: null, disabled_reason: null }),
    ...(change.enabled === false && { disabled_at: row.disabled_at ?? now, disabled_reason: 'by its owner' }),
  }
  await deps.db.updateTable('webhook_endpoints').set(changed).where('id', '=', id).execute()
  return changed
}

/** A new secret. For a day events are signed with both, so the receiver can change over without a gap. */
export async function rotateSecret(deps: EndpointDeps, ctx: Ctx, id: string): Promise<WebhookEndpointRow> {
  const row = await getEndpoint(deps, ctx, id)
  const rotated = {
    ...row,
    secret: newSecret(),
    old_secret: row.secret,
    old_secret_until: deps.clock.now() + OVERLAP_MS,
  }
  await deps.db.updateTable('webhook_endpoints').set(rotated).where('id', '=', id).execute()
  return rotated
}

/** Its deliveries go with it. */
export async function removeEndpoint(deps: EndpointDeps, ctx: Ctx, id: string): Promise<void> {
  await getEndpoint(deps, ctx, id)
  await deps.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('webhook_deliveries').where('endpoint_id', '=', id).execute()
    await tx.deleteFrom('webhook_endpoints').where('id', '=', id).execute()
  })
}

function vet(sender: WebhookSender, url: string): void {
  if (url.length > MAX_URL) throw invalid('url', `is longer than ${MAX_URL} characters`)
  try {
    sender.vet(url)
  } catch (cause) {
    throw invalid('url', (cause as Error).message)
  }
}

const invalid = (field: string, reason: string): DomainError =>
  new DomainError('request.invalid', `${field}: ${reason}.`, { field, reason })
