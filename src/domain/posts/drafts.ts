import { countLocked } from '../accounts/lock.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { recordMade } from '../idempotency/claim.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import { getTranscription, noText } from '../transcriptions/get.ts'
import { readStored } from '../transcriptions/transcript.ts'
import { accountsOf } from './accounts.ts'
import { type CreatePostDeps, cutText, insertPost } from './create.ts'
import { LONGEST_THREAD, MOST_DRAFTS } from './rules.ts'
import type { PostDraftRow, PostRow } from './tables.ts'
import { accountsById, limitsOf, strictest } from './targets.ts'

type DraftDeps = Pick<Deps, 'db' | 'clock'>

export interface NewDraft {
  /** Ids of `post_accounts`. */
  accountIds: readonly string[]
  /** Cut to what all of the accounts take. */
  text?: string | undefined
  thread?: readonly string[] | undefined
}

/** @throws DomainError `post.account`, `post.too_long` */
export async function createDraft(deps: DraftDeps, ctx: Ctx, input: NewDraft): Promise<PostDraftRow> {
  return insertDraft(deps, ctx, { ...input, transcriptionId: null, language: null })
}

/** What is computed from whole transcripts is computed elsewhere. */
interface SpokenText {
  spoken(stored: string, from: number, to: number): Promise<string>
}

export interface DraftOfTranscript {
  accountIds: readonly string[]
  /** Seconds: only what is said from there, and until there. */
  from?: number | undefined
  to?: number | undefined
}

/**
 * A transcript, or a part of it, as a draft: a thread that is cut to what all of the accounts take.
 * @throws DomainError `resource.not_found`, `transcription.no_text`, `post.account`, `post.too_long`
 */
export async function draftTranscript(
  deps: DraftDeps & { texts: SpokenText },
  ctx: Ctx,
  transcriptionId: string,
  { accountIds, from = 0, to = Number.MAX_SAFE_INTEGER }: DraftOfTranscript,
): Promise<PostDraftRow> {
  requireScope(ctx, 'posts')
  const row = await getTranscription(deps, ctx.accountId, transcriptionId)
  const read = await readStored(deps.db, row)
  if (!read) throw noText(row)
  const text = await deps.texts.spoken(read.stored, from, to)
  if (!text)
    throw new DomainError('transcription.no_text', 'Nothing is said in that part of the recording.', {
      state: row.state,
    })
  const language = row.task === 'translate' ? 'en' : (row.detected_language ?? row.language)
  return insertDraft(deps, ctx, { accountIds, text, transcriptionId, language })
}

interface Draft extends NewDraft {
  transcriptionId: string | null
  language: string | null
}

async function insertDraft(
  { db, clock }: DraftDeps,
  ctx: Ctx,
  { accountIds, text, thread, transcriptionId, language }: Draft,
): Promise<PostDraftRow> {
  requireScope(ctx, 'posts')
  return db.transaction().execute(async (tx) => {
    const n = await countLocked(tx, ctx.accountId, 'post_drafts')
    const accounts = accountsById(accountIds, await accountsOf(tx, ctx.accountId), 'accountIds')
    if (n >= MOST_DRAFTS)
      throw new DomainError('account.limit', `An account has at most ${MOST_DRAFTS} drafts: remove some.`, {
        limit: MOST_DRAFTS,
      })
    const now = clock.now()
    const row: PostDraftRow = {
      id: newId('draft'),
      account_id: ctx.accountId,
      transcription_id: transcriptionId,
      thread: JSON.stringify(thread ?? cutText(text ?? '', strictest(accounts.map(limitsOf)))),
      post_account_ids: JSON.stringify(accounts.map(({ id }) => id)),
      language,
      created_at: now,
      updated_at: now,
    }
    await tx.insertInto('post_drafts').values(row).execute()
    await recordMade(tx, ctx, row.id)
    return row
  })
}

/** The one that was changed last first. */
export async function listDrafts({ db }: Pick<Deps, 'db'>, ctx: Ctx): Promise<PostDraftRow[]> {
  requireScope(ctx, 'posts')
  return db
    .selectFrom('post_drafts')
    .selectAll()
    .where('account_id', '=', ctx.accountId)
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** @throws DomainError `resource.not_found` */
export async function getDraft({ db }: { db: Deps['db'] }, ctx: Ctx, id: string): Promise<PostDraftRow> {
  requireScope(ctx, 'posts')
  const row = await db
    .selectFrom('post_drafts')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', ctx.accountId)
    .executeTakeFirst()
  if (!row) throw noDraft(id)
  return row
}

export interface DraftChange {
  thread?: readonly string[] | undefined
  accountIds?: readonly string[] | undefined
}

/** Whether its posts fit is said when it is published: who writes may be too long for a while. */
export async function changeDraft(
  deps: DraftDeps,
  ctx: Ctx,
  id: string,
  { thread, accountIds }: DraftChange,
): Promise<PostDraftRow> {
  await getDraft(deps, ctx, id)
  const accounts =
    accountIds && accountsById(accountIds, await accountsOf(deps.db, ctx.accountId), 'accountIds')
  const row = await deps.db
    .updateTable('post_drafts')
    .set({
      updated_at: deps.clock.now(),
      ...(thread && { thread: JSON.stringify(thread) }),
      ...(accounts && { post_account_ids: JSON.stringify(accounts.map((each) => each.id)) }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw noDraft(id)
  return row
}

/** @throws DomainError `resource.not_found` */
export async function removeDraft(deps: DraftDeps, ctx: Ctx, id: string): Promise<void> {
  await getDraft(deps, ctx, id)
  await deps.db.deleteFrom('post_drafts').where('id', '=', id).execute()
}

/**
 * The draft becomes a post, now or at its time, and is a draft no more.
 * @throws DomainError `resource.not_found`, `post.account`, `post.too_long`, `request.invalid`, `queue.share`
 */
export async function publishDraft(
  deps: CreatePostDeps,
  ctx: Ctx,
  id: string,
  { scheduledAt }: { scheduledAt?: number | undefined },
): Promise<PostRow> {
  requireScope(ctx, 'posts')
  const made = await deps.db.transaction().execute(async (tx) => {
    // Whoever removes it publishes it: of two at the same time, one.
    const draft = await tx
      .deleteFrom('post_drafts')
      .where('id', '=', id)
      .where('account_id', '=', ctx.accountId)
      .returningAll()
      .executeTakeFirst()
    if (!draft) throw noDraft(id)
    const ids = JSON.parse(draft.post_account_ids) as string[]
    const accounts = accountsById(ids, await accountsOf(tx, ctx.accountId), 'accountIds')
    if (accounts.length === 0)
      throw new DomainError('post.account', 'The draft names no account to post to.', { field: 'accountIds' })
    const thread = JSON.parse(draft.thread) as string[]
    if (thread.length > LONGEST_THREAD)
      throw new DomainError('post.too_long', `A thread has at most ${LONGEST_THREAD} posts.`, {
        field: 'thread',
      })
    return insertPost(tx, deps, ctx, {
      text: thread,
      accounts,
      scheduledAt,
      language: draft.language,
      transcriptionId: draft.transcription_id,
    })
  })
  deps.signals.publish('post.due', made.id)
  return made
}

const noDraft = (id: string): DomainError =>
  new DomainError('resource.not_found', `There is no draft ${id} in your account.`)
