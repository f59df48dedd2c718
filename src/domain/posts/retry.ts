import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireScope } from '../keys/authenticate.ts'
import { accountsOf } from './accounts.ts'
import { requireRoom } from './create.ts'
import { lockPost } from './own-post.ts'
import { atOnce } from './rules.ts'

/**
 * Tries a failed post again, now, where it failed; what is out already stays as it is. An account that was disconnected
 * and connected again since is known by its handle.
 * @throws DomainError `resource.not_found`, `post.ended`, `post.account`, `queue.share`
 */
export async function retryPost(
  { db, clock, signals }: Pick<Deps, 'db' | 'clock' | 'signals'>,
  ctx: Ctx,
  id: string,
): Promise<void> {
  requireScope(ctx, 'posts')
  await db.transaction().execute(async (tx) => {
    const post = await lockPost(tx, ctx, id)
    if (post.state !== 'failed')
      throw new DomainError('post.ended', `Only a failed post can be tried again; this one is ${post.state}.`)
    await requireRoom(tx, ctx.accountId)
    const connected = await accountsOf(tx, ctx.accountId)
    const failed = await tx
      .selectFrom('post_deliveries')
      .selectAll()
      .where('post_id', '=', id)
      .where('state', '=', 'failed')
      .execute()
    for (const { id: deliveryId, platform, handle, post_account_id } of failed) {
      const account =
        connected.find((each) => each.id === post_account_id) ??
        connected.find((each) => each.platform === platform && each.handle === handle)
      if (!account)
        throw new DomainError('post.account', `${handle} is not connected any more: connect it again first.`)
      await tx
        .updateTable('post_deliveries')
        .set({
          state: 'pending',
          post_account_id: account.id,
          attempts: 0,
          next_at: atOnce(clock.now()),
          last_error: null,
          ended_at: null,
        })
        .where('id', '=', deliveryId)
        .execute()
    }
    await tx.updateTable('posts').set({ state: 'pending', ended_at: null }).where('id', '=', id).execute()
  })
  signals.publish('post.due', id)
}
