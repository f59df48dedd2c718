import { MOST_COMMENTS } from '../../contract/comments.ts'
import { countLocked } from '../accounts/lock.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { recordMade } from '../idempotency/claim.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import { lockRows } from '../lock-rows.ts'
import type { Tx } from '../tables.ts'
import { noText, notFound } from '../transcriptions/get.ts'
import { authorIn, commentQuery, noComment, type OfTranscription } from './own-comment.ts'
import type { CommentRow } from './tables.ts'

type AddDeps = Pick<Deps, 'db' | 'clock'>

export interface NewComment {
  transcriptionId: string
  /** Seconds of the recording. */
  start: number
  end: number
  quote: string
  text: string
}

/**
 * Comments on a passage.
 * @returns its id
 * @throws DomainError `resource.not_found`, `transcription.no_text`, `account.limit`
 */
export async function addComment(
  deps: AddDeps,
  ctx: Ctx,
  { transcriptionId, start, end, quote, text }: NewComment,
): Promise<string> {
  requireScope(ctx, 'transcribe')
  return deps.db.transaction().execute(async (tx) => {
    await lockCommented(tx, ctx, transcriptionId)
    const passage = { start_ms: Math.round(start * 1000), end_ms: Math.round(end * 1000), quote }
    return insert(tx, deps, ctx, { transcription_id: transcriptionId, parent_id: null, ...passage, text })
  })
}

/**
 * Replies to a comment. One that was resolved is open again: what nobody sees is no reply.
 * @returns its id
 * @throws DomainError `resource.not_found`, `account.limit`
 */
export async function replyTo(
  deps: AddDeps,
  ctx: Ctx,
  { transcriptionId, commentId, text }: OfTranscription & { text: string },
): Promise<string> {
  requireScope(ctx, 'transcribe')
  return deps.db.transaction().execute(async (tx) => {
    await lockCommented(tx, ctx, transcriptionId)
    const opened = await tx
      .updateTable('comments')
      .set({ resolved_at: null, resolved_by: null })
      .where('id', 'in', commentQuery(tx, ctx, { transcriptionId, commentId }).clearSelect().select('id'))
      .where('parent_id', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!opened) throw noComment(commentId)
    const nowhere = { start_ms: null, end_ms: null, quote: null }
    return insert(tx, deps, ctx, {
      transcription_id: transcriptionId,
      parent_id: commentId,
      ...nowhere,
      text,
    })
  })
}

/** It stays until the end of the transaction. @throws DomainError `resource.not_found`, `transcription.no_text` */
async function lockCommented(tx: Tx, ctx: Ctx, id: string): Promise<void> {
  const row = await lockRows(
    tx
      .selectFrom('transcriptions')
      .select(['id', 'state'])
      .where('id', '=', id)
      .where('account_id', '=', ctx.accountId),
  ).executeTakeFirst()
  if (!row) throw notFound(id)
  if (row.state !== 'succeeded') throw noText(row)
}

type Written = Pick<CommentRow, 'transcription_id' | 'parent_id' | 'start_ms' | 'end_ms' | 'quote' | 'text'>

async function insert(tx: Tx, { clock }: AddDeps, ctx: Ctx, written: Written): Promise<string> {
  await requireRoom(tx, ctx.accountId, written.transcription_id)
  const id = newId('cmt')
  await tx
    .insertInto('comments')
    .values({
      id,
      account_id: ctx.accountId,
      ...written,
      author: authorIn(ctx),
      created_at: clock.now(),
      edited_at: null,
      resolved_at: null,
      resolved_by: null,
    })
    .execute()
  await recordMade(tx, ctx, id)
  return id
}

/** @throws DomainError `account.limit` */
async function requireRoom(tx: Tx, accountId: string, transcriptionId: string): Promise<void> {
  const ofAccount = await countLocked(tx, accountId, 'comments')
  const { n } = await tx
    .selectFrom('comments')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('transcription_id', '=', transcriptionId)
    .executeTakeFirstOrThrow()
  const refuse = (limit: number, whose: string): never => {
    throw new DomainError(
      'account.limit',
      `${whose} has at most ${limit} comments and replies: delete some.`,
      {
        limit,
      },
    )
  }
  if (Number(n) >= MOST_COMMENTS.transcription) refuse(MOST_COMMENTS.transcription, 'A transcription')
  if (ofAccount >= MOST_COMMENTS.account) refuse(MOST_COMMENTS.account, 'An account')
}
