import type { Ctx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Db, Tx } from '../tables.ts'
import type { CommentRow } from './tables.ts'

/** Which one: an id counts only together with its transcription and its account. */
export interface OfTranscription {
  transcriptionId: string
  commentId: string
}

/** Who writes, in the rows. */
export const authorIn = ({ userId, keyId }: Pick<Ctx, 'userId' | 'keyId'>): string | null => userId ?? keyId

export const isAuthor = (ctx: Ctx, { author }: Pick<CommentRow, 'author'>): boolean =>
  author !== null && author === authorIn(ctx)

/** As with transcriptions, members delete only what is their own. */
export const mayDelete = (ctx: Ctx, row: Pick<CommentRow, 'author'>): boolean =>
  ctx.role !== 'member' || isAuthor(ctx, row)

/** A query for the one comment or reply of that id. */
export const commentQuery = (
  db: Db | Tx,
  { accountId }: Ctx,
  { transcriptionId, commentId }: OfTranscription,
) =>
  db
    .selectFrom('comments')
    .select(['id', 'parent_id', 'author'])
    .where('id', '=', commentId)
    .where('transcription_id', '=', transcriptionId)
    .where('account_id', '=', accountId)

export const noComment = (id: string): DomainError =>
  new DomainError('resource.not_found', `There is no comment ${id} on this transcription.`)
