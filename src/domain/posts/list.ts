import type { Ctx, Deps } from '../context.ts'
import { type Page, type PageInput, pageOf } from '../cursor.ts'
import { requireScope } from '../keys/authenticate.ts'
import { noPost } from './own-post.ts'
import type { PostAttemptRow, PostDeliveryRow, PostRow, PostState } from './tables.ts'

export interface PostWithDeliveries {
  post: PostRow
  deliveries: PostDeliveryRow[]
}

export interface ListPostsInput extends PageInput {
  state?: PostState | undefined
  /** Epoch ms of their time, the first included. */
  from?: number | undefined
  to?: number | undefined
}

/** By their time, the latest first. */
export async function listPosts(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  { state, from, to, ...page }: ListPostsInput,
): Promise<Page<PostWithDeliveries>> {
  requireScope(ctx, 'posts')
  let query = db.selectFrom('posts').selectAll().where('account_id', '=', ctx.accountId)
  if (state !== undefined) query = query.where('state', '=', state)
  if (from !== undefined) query = query.where('scheduled_at', '>=', from)
  if (to !== undefined) query = query.where('scheduled_at', '<', to)
  const { items, nextCursor } = await pageOf(query, page, { time: 'scheduled_at', id: 'id' })
  const ids = items.map(({ id }) => id)
  const deliveries = await deliveriesOf(db, ids)
  return {
    items: items.map((post) => ({ post, deliveries: deliveries.filter((each) => each.post_id === post.id) })),
    nextCursor,
  }
}

/** @throws DomainError `resource.not_found` */
export async function getPost({ db }: Pick<Deps, 'db'>, ctx: Ctx, id: string): Promise<PostWithDeliveries> {
  requireScope(ctx, 'posts')
  const post = await db
    .selectFrom('posts')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', ctx.accountId)
    .executeTakeFirst()
  if (!post) throw noPost(id)
  return { post, deliveries: await deliveriesOf(db, [id]) }
}

/** Every attempt at a post, in their order. @throws DomainError `resource.not_found` */
export async function listAttempts(
  deps: Pick<Deps, 'db'>,
  ctx: Ctx,
  id: string,
): Promise<{ delivery: PostDeliveryRow; attempt: PostAttemptRow }[]> {
  const { deliveries } = await getPost(deps, ctx, id)
  const attempts = await deps.db
    .selectFrom('post_attempts')
    .selectAll()
    .where(
      'delivery_id',
      'in',
      deliveries.map((each) => each.id),
    )
    .orderBy('n')
    .limit(MOST_ATTEMPTS)
    .execute()
  return attempts.map((attempt) => ({
    attempt: attempt as unknown as PostAttemptRow,
    delivery: deliveries.find((each) => each.id === attempt.delivery_id)!,
  }))
}

const MOST_ATTEMPTS = 5000

const deliveriesOf = async (db: Deps['db'], postIds: readonly string[]): Promise<PostDeliveryRow[]> =>
  postIds.length === 0
    ? []
    : db
        .selectFrom('post_deliveries')
        .selectAll()
        .where('post_id', 'in', [...postIds])
        .orderBy('place')
        .execute()
