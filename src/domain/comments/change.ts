import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireScope } from '../keys/authenticate.ts'
import {
  authorIn,
  commentQuery,
  isAuthor,
  mayDelete,
  noComment,
  type OfTranscription,
} from './own-comment.ts'

export interface ChangeComment {
  text?: string | undefined
  resolved?: boolean | undefined
}

/**
 * Edits the text of one's own comment or reply, and resolves anybody's comment or opens it again.
 * @throws DomainError `resource.not_found`, `role.forbidden`, `request.invalid`
 */
export async function changeComment(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  which: OfTranscription,
  { text, resolved }: ChangeComment,
): Promise<void> {
  requireScope(ctx, 'transcribe')
  const row = await commentQuery(db, ctx, which).executeTakeFirst()
  if (!row) throw noComment(which.commentId)
  if (text !== undefined && !isAuthor(ctx, row))
    throw new DomainError('role.forbidden', 'Only the author of a comment can edit it.')
  if (resolved !== undefined && row.parent_id !== null)
    throw new DomainError('request.invalid', 'resolved: Resolve the comment, not a reply to it.', {
      field: 'resolved',
      reason: 'reply',
    })
  const now = clock.now()
  if (text !== undefined)
    await db
      .updateTable('comments')
      .set({ text, edited_at: now })
      .where('id', '=', row.id)
      // The same text is no edit.
      .where('text', '<>', text)
      .execute()
  if (resolved !== undefined)
    await db
      .updateTable('comments')
      .set(
        resolved
          ? { resolved_at: now, resolved_by: authorIn(ctx) }
          : { resolved_at: null, resolved_by: null },
      )
      .where('id', '=', row.id)
      // Whoever resolved it first did so.
      .where('resolved_at', resolved ? 'is' : 'is not', null)
      .execute()
}

/** Deletes a comment with its replies, or a reply. @throws DomainError `resource.not_found`, `role.forbidden` */
export async function removeComment(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  which: OfTranscription,
): Promise<void> {
  requireScope(ctx, 'transcribe')
  const row = await commentQuery(db, ctx, which).executeTakeFirst()
  if (!row) throw noComment(which.commentId)
  if (!mayDelete(ctx, row))
    throw new DomainError(
      'role.forbidden',
      'This comment was written by somebody else. Ask an owner of the account to delete it.',
    )
  await db.deleteFrom('comments').where('id', '=', row.id).execute()
}
