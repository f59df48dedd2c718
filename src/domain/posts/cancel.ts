import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireScope } from '../keys/authenticate.ts'
import { isFree } from '../leases/lease.ts'
import { lockPost } from './own-post.ts'

/**
 * Takes back a post that waits for its time, or for another attempt. What is out already stays out.
 * @throws DomainError `resource.not_found`, `post.ended`
 */
export async function cancelPost(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  id: string,
): Promise<void> {
  requireScope(ctx, 'posts')
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    const post = await lockPost(tx, ctx, id)
    if (post.state !== 'pending') throw ended(`The post is ${post.state} already.`)
    await tx
      .updateTable('post_deliveries')
      .set({ state: 'cancelled', next_at: null, ended_at: now })
      .where('post_id', '=', id)
      .where('state', '=', 'pending')
      .where(isFree('post_deliveries'))
      .execute()
    const under = await tx
      .selectFrom('post_deliveries')
      .select('id')
      .where('post_id', '=', id)
      .where('state', '=', 'pending')
      .executeTakeFirst()
    if (under) throw ended('The post is being published at this moment.')
    await tx.updateTable('posts').set({ state: 'cancelled', ended_at: now }).where('id', '=', id).execute()
  })
}

const ended = (message: string): DomainError => new DomainError('post.ended', message)
