import { randomUUID } from 'node:crypto'
import type { PostLimits } from '../../ports/publisher.ts'
import { countLocked } from '../accounts/lock.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { recordMade } from '../idempotency/claim.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import { freed } from '../leases/lease.ts'
import type { Tx } from '../tables.ts'
import { accountsOf } from './accounts.ts'
import { atOnce, LONGEST_TEXT, LONGEST_THREAD, MOST_PENDING, wrongTime } from './rules.ts'
import type { PostAccountRow, PostDeliveryRow, PostRow } from './tables.ts'
import { limitsOf, resolveTargets, type WantedTarget } from './targets.ts'
import { cutThread, fits } from './thread.ts'

export type CreatePostDeps = Pick<Deps, 'db' | 'clock' | 'signals'>

export interface NewPost {
  /** One text, which is cut to what each platform takes; or a thread that is taken as it is. */
  text: string | readonly string[]
  accounts: readonly PostAccountRow[]
  /** Epoch ms; undefined: now. */
  scheduledAt?: number | undefined
  language?: string | null
  transcriptionId?: string | null
  /** What webhooks are told beside the text. */
  extra?: Record<string, unknown>
}

export interface AskedPost extends Omit<NewPost, 'accounts'> {
  targets: readonly WantedTarget[]
  /** Where in the request the targets stand. */
  field: string
}

/** @throws DomainError `post.platform`, `post.account`, `post.too_long`, `request.invalid`, `queue.share` */
export async function createPost(deps: CreatePostDeps, ctx: Ctx, asked: AskedPost): Promise<PostRow> {
  requireScope(ctx, 'posts')
  const { targets, field, ...post } = asked
  const made = await deps.db.transaction().execute(async (tx) => {
    const accounts = resolveTargets(targets, await accountsOf(tx, ctx.accountId), field)
    return insertPost(tx, deps, ctx, { ...post, accounts })
  })
  deps.signals.publish('post.due', made.id)
  return made
}

/** In a transaction of the caller's. */
export async function insertPost(
  tx: Tx,
  { clock }: Pick<CreatePostDeps, 'clock'>,
  ctx: Ctx,
  { text, accounts, scheduledAt, language = null, transcriptionId = null, extra = {} }: NewPost,
): Promise<PostRow> {
  const now = clock.now()
  const wrong = scheduledAt === undefined ? null : wrongTime(scheduledAt, now)
  if (wrong !== null)
    throw new DomainError('request.invalid', `scheduledTime: ${wrong}.`, {
      field: 'scheduledTime',
      reason: 'invalid',
    })
  const threads = accounts.map((account) => threadFor(account, text))
  await requireRoom(tx, ctx.accountId)
  const row: PostRow = {
    id: randomUUID(),
    account_id: ctx.accountId,
    key_id: ctx.keyId,
    transcription_id: transcriptionId,
    text: typeof text === 'string' ? text : text.join('\n\n'),
    language,
    extra: JSON.stringify(extra),
    state: 'pending',
    scheduled_at: scheduledAt ?? now,
    created_at: now,
    ended_at: null,
  }
  await tx.insertInto('posts').values(row).execute()
  await tx
    .insertInto('post_deliveries')
    .values(accounts.map((account, k) => delivery(row, k, account, threads[k]!)))
    .execute()
  await recordMade(tx, ctx, row.id)
  return row
}

const delivery = (
  post: PostRow,
  place: number,
  account: PostAccountRow,
  thread: readonly string[],
): PostDeliveryRow => ({
  id: newId('pdl'),
  post_id: post.id,
  place,
  post_account_id: account.id,
  platform: account.platform,
  handle: account.handle,
  thread: JSON.stringify(thread),
  published: '[]',
  state: 'pending',
  attempts: 0,
  next_at: post.scheduled_at === post.created_at ? atOnce(post.created_at) : post.scheduled_at,
  last_error: null,
  ...freed,
  created_at: post.created_at,
  ended_at: null,
})

/** @throws DomainError `post.too_long`, `request.invalid` */
function threadFor(account: PostAccountRow, text: string | readonly string[]): string[] {
  const limits = limitsOf(account)
  const thread = typeof text === 'string' ? cutText(text, limits) : [...text]
  if (thread.length === 0 && account.platform !== 'webhook')
    throw new DomainError('request.invalid', `There is no text to post to ${account.platform}.`, {
      field: 'text',
      reason: 'required',
    })
  const long = thread.findIndex((post) => !fits(post, limits))
  if (long !== -1)
    throw new DomainError(
      'post.too_long',
      `Post ${long + 1} of the thread is too long for ${account.handle}: at most ${limits.graphemes} characters.`,
      { field: 'thread', index: long, limit: limits.graphemes },
    )
  return thread
}

/** A text as the thread that it becomes. @throws DomainError `post.too_long` */
export function cutText(text: string, limits: PostLimits): string[] {
  const thread = text.length > LONGEST_TEXT ? undefined : cutThread(text, limits)
  if (thread && thread.length <= LONGEST_THREAD) return thread
  throw new DomainError(
    'post.too_long',
    thread
      ? `The text would become a thread of ${thread.length} posts; at most ${LONGEST_THREAD} are published.`
      : `The text has ${text.length} characters; at most ${LONGEST_TEXT} become a thread.`,
    { field: 'text', limit: thread ? LONGEST_THREAD : LONGEST_TEXT },
  )
}

/** @throws DomainError `queue.share` */
export async function requireRoom(tx: Tx, accountId: string): Promise<void> {
  if ((await countLocked(tx, accountId, 'posts', ['pending'])) >= MOST_PENDING)
    throw new DomainError(
      'queue.share',
      `At most ${MOST_PENDING} posts of an account wait at the same time.`,
      {
        retryAfter: 60,
      },
    )
}
