import type { Ctx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { lockRows } from '../lock-rows.ts'
import type { Tx } from '../tables.ts'
import type { PostRow } from './tables.ts'

export const noPost = (id: string): DomainError =>
  new DomainError('resource.not_found', `There is no post ${id} in your account.`)

/** A post that the transaction alone may change. @throws DomainError `resource.not_found` */
export async function lockPost(tx: Tx, { accountId }: Pick<Ctx, 'accountId'>, id: string): Promise<PostRow> {
  const own = tx.selectFrom('posts').selectAll().where('id', '=', id).where('account_id', '=', accountId)
  const post = await lockRows(own).executeTakeFirst()
  if (!post) throw noPost(id)
  return post
}
