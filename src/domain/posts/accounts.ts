import type { Credentials, PostPlatform, Publisher } from '../../ports/publisher.ts'
import { PublishError } from '../../ports/publisher.ts'
import type { SecretBox } from '../../ports/secret-box.ts'
import { lockAccount } from '../accounts/lock.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import type { Db, Tx } from '../tables.ts'
import { newSecret } from '../webhooks/sign.ts'
import { MOST_ACCOUNTS } from './rules.ts'
import type { PostAccountRow } from './tables.ts'

export interface ConnectDeps extends Pick<Deps, 'db' | 'clock'> {
  publisher: Publisher
  secrets: SecretBox
}

export interface ConnectInput {
  platform: PostPlatform
  /** An instance or server; of a webhook its address. */
  server: string
  identifier?: string | undefined
  /** A webhook's is made here. */
  secret?: string | undefined
}

/**
 * Connects an account on another platform, once the platform has said whose it is. One that is connected already gets
 * the new secret and keeps its id. @returns the secret of a webhook, which is shown this once
 * @throws DomainError `post.account`
 */
export async function connectAccount(
  { db, clock, publisher, secrets }: ConnectDeps,
  ctx: Ctx,
  { platform, server, identifier, secret = newSecret() }: ConnectInput,
  signal: AbortSignal,
): Promise<{ account: PostAccountRow; webhookSecret: string | null }> {
  requireScope(ctx, 'posts')
  const credentials: Credentials = {
    platform,
    server,
    secret,
    ...(identifier !== undefined && { identifier }),
  }
  const known = await publisher.connect(credentials, signal).catch(refusedAs({ field: 'server' }))
  const account = await db.transaction().execute(async (tx) => {
    await lockAccount(tx, ctx.accountId)
    const all = await accountsOf(tx, ctx.accountId)
    const before = all.find(
      (each) =>
        each.platform === platform &&
        each.server === known.server &&
        each.remote_id === known.remoteId &&
        each.handle === known.handle,
    )
    if (!before && all.length >= MOST_ACCOUNTS)
      throw new DomainError(
        'post.account',
        `An account posts to at most ${MOST_ACCOUNTS} others: remove one.`,
      )
    const id = before?.id ?? newId('pacc')
    const row: PostAccountRow = {
      id,
      account_id: ctx.accountId,
      platform,
      server: known.server,
      handle: known.handle,
      remote_id: known.remoteId,
      secret: await secrets.seal(secret, id),
      limits: JSON.stringify(known.limits),
      created_at: before?.created_at ?? clock.now(),
    }
    if (before) await tx.updateTable('post_accounts').set(row).where('id', '=', id).execute()
    else await tx.insertInto('post_accounts').values(row).execute()
    return row
  })
  return { account, webhookSecret: platform === 'webhook' ? secret : null }
}

export async function listPostAccounts({ db }: Pick<Deps, 'db'>, ctx: Ctx): Promise<PostAccountRow[]> {
  requireScope(ctx, 'posts')
  return accountsOf(db, ctx.accountId)
}

/** What waits to be posted there fails when its time comes, and says so. @throws DomainError `resource.not_found` */
export async function removePostAccount({ db }: Pick<Deps, 'db'>, ctx: Ctx, id: string): Promise<void> {
  requireScope(ctx, 'posts')
  const { numDeletedRows } = await db
    .deleteFrom('post_accounts')
    .where('id', '=', id)
    .where('account_id', '=', ctx.accountId)
    .executeTakeFirstOrThrow()
  if (numDeletedRows === 0n) throw noAccount(id)
}

export const noAccount = (id: string): DomainError =>
  new DomainError('resource.not_found', `There is no account ${id} to post to.`)

/** What a platform says of credentials that it does not take, for the one who gave them. @throws DomainError `post.account` */
export const refusedAs =
  (details: Record<string, unknown>) =>
  (cause: unknown): never => {
    if (!(cause instanceof PublishError)) throw cause
    throw new DomainError('post.account', cause.message, details, { cause })
  }

/** The first connected first. */
export const accountsOf = (db: Db | Tx, accountId: string): Promise<PostAccountRow[]> =>
  db
    .selectFrom('post_accounts')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
