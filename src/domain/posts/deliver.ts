/**
 * Publishes what is due, one account's thread at a time. Each attempt is written down before anything is sent: where a
 * process dies in between, the next attempt knows that the post may be out, and asks before it sends it again.
 */
import { sql } from 'kysely'
import { PublishError, type PublishedPost, type Publisher } from '../../ports/publisher.ts'
import type { SecretBox } from '../../ports/secret-box.ts'
import type { Deps } from '../context.ts'
import { type Claimed, claimDue, stillHeld } from '../leases/due.ts'
import { freed, Lost } from '../leases/lease.ts'
import { whileHeld } from '../leases/while-held.ts'
import { lockRows } from '../lock-rows.ts'
import { emitPostEnd } from '../webhooks/emit.ts'
import { type PostMedia, picturesOf } from './pictures.ts'
import { ATTEMPTS, atOnce, nextWait } from './rules.ts'
import type { PostAccountRow, PostDeliveryRow, PostRow } from './tables.ts'

type PublishDeps = Pick<Deps, 'db' | 'clock' | 'signals'> & { publisher: Publisher; secrets: SecretBox }

const LEASE_MS = 15_000

/** Claims what is due. Undefined: nothing is. */
export const claimPost = ({ db }: Pick<Deps, 'db'>): Promise<Claimed<PostDeliveryRow> | undefined> =>
  claimDue(db, 'post_deliveries', {
    open: sql`state = 'pending'`,
    leaseMs: LEASE_MS,
    set: { attempts: sql`attempts + 1` },
  })

/** Makes the attempt and notes what came of it, unless the claim is gone by then. */
export const publishClaimed = (
  deps: PublishDeps,
  { row, lease }: Claimed<PostDeliveryRow>,
  stopping: AbortSignal,
): Promise<void> =>
  whileHeld(deps, lease, async (lost) => {
    try {
      await publishThread(deps, row, AbortSignal.any([stopping, lost]))
    } catch (cause) {
      if (cause instanceof Lost || lost.aborted) return
      if (stopping.aborted) return giveBack(deps, row)
      if (!(cause instanceof PublishError)) throw cause
      await again(deps, row, cause)
    }
  })

async function publishThread(deps: PublishDeps, row: PostDeliveryRow, signal: AbortSignal): Promise<void> {
  const { db } = deps
  const post = await db
    .selectFrom('posts')
    .selectAll()
    .where('id', '=', row.post_id)
    .executeTakeFirstOrThrow()
  const account = await db
    .selectFrom('post_accounts')
    .selectAll()
    .where('id', '=', row.post_account_id)
    .executeTakeFirst()
  if (!account)
    throw new PublishError('The account was disconnected before the post was due.', { again: false })
  if (row.attempts > ATTEMPTS)
    throw new PublishError('The server died several times while it published this post.', { again: false })
  const secret = await deps.secrets.open(account.secret, account.id).catch((cause: Error) => {
    throw new PublishError(cause.message, { again: false, cause })
  })
  const published = JSON.parse(row.published) as PublishedPost[]
  const thread = JSON.parse(row.thread) as string[]
  // A webhook is told the whole thread at once.
  const steps = account.platform === 'webhook' ? 1 : thread.length
  while (published.length < steps)
    published.push(
      await publishOne(deps, { row, post, account, secret, thread, published: [...published], signal }),
    )
  await end(deps, row, 'published', null)
}

interface Step {
  row: PostDeliveryRow
  post: PostRow
  account: PostAccountRow
  secret: string
  thread: readonly string[]
  published: readonly PublishedPost[]
  signal: AbortSignal
}

async function publishOne(
  deps: PublishDeps,
  { row, post, account, secret, thread, published, signal }: Step,
): Promise<PublishedPost> {
  const index = published.length
  const { n, maybeSince } = await begin(deps, row, index)
  const { platform, server, remote_id: remoteId } = account
  const extra = JSON.parse(post.extra) as PostMedia & Record<string, unknown>
  try {
    const made = await deps.publisher.publish(
      { platform, server, remoteId, secret },
      {
        deliveryId: row.id,
        postId: post.id,
        index,
        thread,
        language: post.language,
        createdAt: post.scheduled_at,
        before: published,
        maybeSince,
        pictures: index === 0 ? picturesOf(extra) : [],
        extra,
      },
      signal,
    )
    await noted(deps, row, n, null, [...published, made])
    return made
  } catch (cause) {
    // What broke off may be out all the same: its end stays open.
    if (cause instanceof PublishError && !cause.unknown) await noted(deps, row, n, cause.message)
    throw cause
  }
}

/** Writes down that it is about to be sent. @throws Lost */
async function begin(
  { db, clock }: PublishDeps,
  row: PostDeliveryRow,
  index: number,
): Promise<{ n: number; maybeSince: number | null }> {
  return db.transaction().execute(async (tx) => {
    await stillHeld(tx, 'post_deliveries', row)
    const open = await tx
      .selectFrom('post_attempts')
      .select((eb) => eb.fn.min('begun_at').as('since'))
      .where('delivery_id', '=', row.id)
      .where('idx', '=', index)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    const { n } = await tx
      .insertInto('post_attempts')
      .values({ delivery_id: row.id, idx: index, begun_at: clock.now(), ended_at: null, error: null })
      .returning('n')
      .executeTakeFirstOrThrow()
    const since = open?.since ?? null
    return { n: Number(n), maybeSince: since === null ? null : Number(since) }
  })
}

/** Of an attempt whose end is known; with its post, all earlier ones are settled, too. */
async function noted(
  { db, clock }: PublishDeps,
  row: PostDeliveryRow,
  n: number,
  error: string | null,
  published?: readonly PublishedPost[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await stillHeld(tx, 'post_deliveries', row)
    await tx.updateTable('post_attempts').set({ ended_at: clock.now(), error }).where('n', '=', n).execute()
    if (published)
      await tx
        .updateTable('post_deliveries')
        .set({ published: JSON.stringify(published) })
        .where('id', '=', row.id)
        .execute()
  })
}

async function again(deps: PublishDeps, row: PostDeliveryRow, error: PublishError): Promise<void> {
  const wait = error.again ? nextWait(row.attempts, Math.random(), error.retryAfterMs) : null
  if (wait === null) return end(deps, row, 'failed', error.message)
  await deps.db
    .updateTable('post_deliveries')
    .set({ ...freed, last_error: error.message, next_at: Math.round(deps.clock.now() + wait) })
    .where('lease_token', '=', row.lease_token)
    .execute()
}

/** The server stops: the next one goes on at once, and this was no attempt that failed. */
async function giveBack({ db, clock }: PublishDeps, row: PostDeliveryRow): Promise<void> {
  await db
    .updateTable('post_deliveries')
    .set({ ...freed, attempts: row.attempts - 1, next_at: atOnce(clock.now()) })
    .where('lease_token', '=', row.lease_token)
    .execute()
}

/** The last account's end is the post's, and its event is noted in the same transaction. */
async function end(
  { db, clock, signals }: PublishDeps,
  row: PostDeliveryRow,
  state: 'published' | 'failed',
  error: string | null,
): Promise<void> {
  const now = clock.now()
  const over = await db.transaction().execute(async (tx) => {
    const post = await lockRows(
      tx.selectFrom('posts').selectAll().where('id', '=', row.post_id),
    ).executeTakeFirstOrThrow()
    await stillHeld(tx, 'post_deliveries', row)
    await tx
      .updateTable('post_deliveries')
      .set({ ...freed, state, last_error: error, next_at: null, ended_at: now })
      .where('id', '=', row.id)
      .execute()
    const all = await tx
      .selectFrom('post_deliveries')
      .selectAll()
      .where('post_id', '=', post.id)
      .orderBy('place')
      .execute()
    if (all.some((each) => each.state === 'pending')) return false
    const whole = all.every((each) => each.state === 'published') ? 'published' : 'failed'
    await tx.updateTable('posts').set({ state: whole, ended_at: now }).where('id', '=', post.id).execute()
    await emitPostEnd(tx, now, whole, post, all)
    return true
  })
  if (over) signals.publish('webhook.due', row.post_id)
}
