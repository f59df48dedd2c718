/** The life of posts on both databases, with a platform that the tests play. */
import { beforeEach, expect, it } from 'vitest'
import { describeBothDatabases } from '../../../test/support/both-databases.ts'
import { type PostTarget, type PostToPublish, PublishError, type Publisher } from '../../ports/publisher.ts'
import { createAccount } from '../accounts/create.ts'
import type { Ctx } from '../context.ts'
import { SCOPES } from '../context.ts'
import { connectAccount } from './accounts.ts'
import { cancelPost } from './cancel.ts'
import { createPost } from './create.ts'
import { claimPost, publishClaimed } from './deliver.ts'
import { getPost, listAttempts, listPosts } from './list.ts'

const never = new AbortController().signal

describeBothDatabases('posts', (database) => {
  let ctx: Ctx
  let accountIds: string[]
  let sent: PostToPublish[]
  let answer: (post: PostToPublish) => void

  const known = async ({ server, platform }: Pick<PostTarget, 'server' | 'platform'>) => ({
    server,
    handle: `@${platform}`,
    remoteId: null,
    limits: { graphemes: 20 },
  })
  const publisher: Publisher = {
    connect: known,
    check: known,
    async publish(_, post) {
      sent.push(post)
      answer(post)
      return { id: `${post.deliveryId}-${post.index}`, url: `https://example.com/${post.index}` }
    },
  }
  const secrets = { seal: async (text: string) => `sealed ${text}`, open: async (text: string) => text }
  const deps = () => {
    const { db, signals, clock } = database()
    return {
      db,
      signals,
      clock,
      publisher,
      secrets,
    }
  }
  const targets = () => [{ platform: 'mastodon' }, { platform: 'bluesky' }]
  const make = (text = 'Hello', more: object = {}, asked = ctx) =>
    createPost(deps(), asked, { text, targets: targets(), field: 'platform', ...more })
  const workOff = async (): Promise<void> => {
    for (let found = await claimPost(deps()); found; found = await claimPost(deps()))
      await publishClaimed(deps(), found, never)
  }
  const states = async (id: string) => {
    const { post, deliveries } = await getPost(deps(), ctx, id)
    return [post.state, ...deliveries.map(({ state }) => state)]
  }
  const hurry = () =>
    database().db.updateTable('post_deliveries').set({ next_at: 1 }).where('state', '=', 'pending').execute()

  beforeEach(async () => {
    await database().db.deleteFrom('posts').execute()
    sent = []
    answer = () => {}
    const { accountId } = await createAccount(deps(), { name: 'a' })
    ctx = { accountId, keyId: null, scopes: SCOPES, requestId: 'req_1' }
    accountIds = []
    for (const platform of ['mastodon', 'bluesky'] as const) {
      const input = { platform, server: `https://${platform}.example`, secret: 's' }
      accountIds.push((await connectAccount(deps(), ctx, input, never)).account.id)
    }
  })

  it('are published on each platform, post by post, and end with the last of them', async () => {
    const { id } = await make('One sentence here. Another one there.')
    await workOff()
    expect(await states(id)).toEqual(['published', 'published', 'published'])
    expect(sent.map(({ thread, index }) => thread[index])).toEqual([
      'One sentence here.',
      'Another one there.',
      'One sentence here.',
      'Another one there.',
    ])
    expect(sent[1]!.before).toMatchObject([{ url: 'https://example.com/0' }])
    expect(await listAttempts(deps(), ctx, id)).toHaveLength(4)
  })

  it('are claimed once, however many look, and end once when two end at the same time', async () => {
    const { db } = database()
    await db
      .insertInto('webhook_endpoints')
      .values({
        id: `whk_${ctx.accountId}`,
        account_id: ctx.accountId,
        url: 'https://example.com',
        events: '["post.published"]',
        secret: 's',
        old_secret: null,
        old_secret_until: null,
        disabled_at: null,
        disabled_reason: null,
        created_at: 1,
      })
      .execute()
    const { id } = await make()
    const claims = (await Promise.all(Array.from({ length: 6 }, () => claimPost(deps())))).filter(Boolean)
    expect(claims).toHaveLength(2)
    await Promise.all(claims.map((claim) => publishClaimed(deps(), claim!, never)))
    expect(await states(id)).toEqual(['published', 'published', 'published'])
    const events = await db
      .selectFrom('webhook_deliveries')
      .select(['event_type', 'payload'])
      .where('endpoint_id', '=', `whk_${ctx.accountId}`)
      .execute()
    expect(events.map(({ event_type }) => event_type)).toEqual(['post.published'])
    expect(JSON.parse(events[0]!.payload)).toMatchObject({
      data: { id, platforms: [{ platform: 'mastodon', state: 'published' }, { platform: 'bluesky' }] },
    })
  })

  it('that broke off go on where they stopped, knowing what may be out', async () => {
    const { id } = await make('One sentence here. Another one there.', {
      targets: [{ platform: 'mastodon' }],
    })
    let broken = 0
    answer = ({ index }) => {
      if (index === 1 && broken++ === 0) throw new PublishError('broke off', { again: true, unknown: true })
    }
    await workOff()
    expect(await states(id)).toEqual(['pending', 'pending'])
    await hurry()
    await workOff()
    expect(await states(id)).toEqual(['published', 'published'])
    expect(sent.map(({ index }) => index)).toEqual([0, 1, 1])
    expect(sent.map(({ maybeSince }) => maybeSince !== null)).toEqual([false, false, true])
  })

  it('that were refused are known not to be out', async () => {
    await make('Hello', { targets: [{ platform: 'mastodon' }] })
    answer = () => {
      if (sent.length === 1) throw new PublishError('busy', { again: true })
    }
    await workOff()
    await hurry()
    await workOff()
    expect(sent.map(({ maybeSince }) => maybeSince)).toEqual([null, null])
  })

  it('are left by who has lost the claim', async () => {
    const { id } = await make('Hello', { targets: [{ platform: 'mastodon' }] })
    const first = (await claimPost(deps()))!
    await database()
      .db.updateTable('post_deliveries')
      .set({ lease_until: 1 })
      .where('id', '=', first.row.id)
      .execute()
    const second = (await claimPost(deps()))!
    await publishClaimed(deps(), first, never)
    expect(sent).toEqual([])
    expect(await states(id)).toEqual(['pending', 'pending'])
    await publishClaimed(deps(), second, never)
    expect(await states(id)).toEqual(['published', 'published'])
  })

  it('are given back when the server stops, and that was no attempt', async () => {
    const { id } = await make('Hello', { targets: [{ platform: 'mastodon' }] })
    const stopping = new AbortController()
    answer = () => {
      stopping.abort(new Error('stopping'))
      throw stopping.signal.reason
    }
    await publishClaimed(deps(), (await claimPost(deps()))!, stopping.signal)
    const { deliveries } = await getPost(deps(), ctx, id)
    expect(deliveries).toMatchObject([{ state: 'pending', attempts: 0, lease_token: null }])
    answer = () => {}
    await workOff()
    expect(sent[1]!.maybeSince).not.toBeNull()
  })

  it('cannot be cancelled while they are being published, nor published after they were cancelled', async () => {
    const [one, other] = [
      await make('One', { targets: [{ platform: 'mastodon' }] }),
      await make('Other', { scheduledAt: Date.now() + 100_000 }),
    ]
    const claim = (await claimPost(deps()))!
    await expect(cancelPost(deps(), ctx, one.id)).rejects.toMatchObject({ code: 'post.ended' })
    await publishClaimed(deps(), claim, never)
    await cancelPost(deps(), ctx, other.id)
    await hurry()
    await workOff()
    expect(await states(other.id)).toEqual(['cancelled', 'cancelled', 'cancelled'])
    expect(sent).toHaveLength(1)
  })

  it('are listed page by page, by their time', async () => {
    for (const at of [1, 2, 3]) await make(`Post ${at}`, { scheduledAt: Date.now() + at * 100_000 })
    const first = await listPosts(deps(), ctx, { limit: 2 })
    const second = await listPosts(deps(), ctx, { limit: 2, cursor: first.nextCursor! })
    expect([...first.items, ...second.items].map(({ post }) => post.text)).toEqual([
      'Post 3',
      'Post 2',
      'Post 1',
    ])
    expect(second.nextCursor).toBeNull()
  })
})
