import type { Ctx, Deps } from '../context.ts'
import { getTranscription } from '../transcriptions/get.ts'
import { isAuthor, mayDelete } from './own-comment.ts'
import type { CommentRow } from './tables.ts'

export interface ReadComment extends CommentRow {
  /** Names of people or keys; null: no longer in the account. */
  authorName: string | null
  resolverName: string | null
  mine: boolean
  deletable: boolean
}

export interface Thread extends ReadComment {
  replies: ReadComment[]
}

/** In the order of the recording, replies by their age. @throws DomainError `resource.not_found` */
export async function listComments(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  transcriptionId: string,
): Promise<Thread[]> {
  await getTranscription({ db }, ctx.accountId, transcriptionId)
  const rows = await db
    .selectFrom('comments as c')
    .leftJoin('users as u', 'u.id', 'c.author')
    .leftJoin('api_keys as k', 'k.id', 'c.author')
    .leftJoin('users as ru', 'ru.id', 'c.resolved_by')
    .leftJoin('api_keys as rk', 'rk.id', 'c.resolved_by')
    .selectAll('c')
    .select((eb) => [
      eb.fn.coalesce('u.name', 'k.name').as('authorName'),
      eb.fn.coalesce('ru.name', 'rk.name').as('resolverName'),
    ])
    .where('c.transcription_id', '=', transcriptionId)
    .orderBy('c.start_ms')
    .orderBy('c.created_at')
    .orderBy('c.id')
    .execute()
  const read = rows.map((row) => ({ ...row, mine: isAuthor(ctx, row), deletable: mayDelete(ctx, row) }))
  const threads: Thread[] = read
    .filter((row) => row.parent_id === null)
    .map((row) => ({ ...row, replies: [] }))
  const byId = new Map(threads.map((thread) => [thread.id, thread]))
  for (const row of read) if (row.parent_id !== null) byId.get(row.parent_id)?.replies.push(row)
  return threads
}
