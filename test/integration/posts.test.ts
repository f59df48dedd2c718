/** Posts through the real program, to doubles of what it posts to. */
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type {
  ConnectPostAccountReply,
  DraftReply,
  ListAttemptsReply,
  ListDraftsReply,
  ListPostAccountsReply,
  ListPostsReply,
  PostAccountReply,
  PostReply,
} from '../../src/contract/posts.ts'
import type { PostStatusReply, PostSubmissionReply } from '../../src/contract/soku.ts'
import { MOST_DRAFTS } from '../../src/domain/posts/rules.ts'
import { upload } from '../support/client.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { BlueskyDouble, HookDouble, MastodonDouble, PictureHost } from '../support/post-doubles.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const PATIENCE = { timeout: 60_000, interval: 50 }

let mastodon: MastodonDouble
let bluesky: BlueskyDouble
let hook: HookDouble
const pictures = new PictureHost()
let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let settings: Record<string, string>
let client: NativeClient
let apiKey: string

beforeAll(async () => {
  folder = await testFolder()
})
afterAll(async () => {
  await server?.stop()

  await folder?.remove()
  for (const each of [mastodon, bluesky, hook, pictures]) each?.close()
})
beforeEach(async () => {
  if (server === undefined) {
    ;[mastodon, bluesky, hook] = [new MastodonDouble(), new BlueskyDouble(), new HookDouble()]
    const allowed = await Promise.all([mastodon, bluesky, hook, pictures].map((each) => each.listen()))
    settings = { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1', EARSHOT_POST_ALLOW: allowed.join(',') }
    server = await startServer(folder.dataDir, settings)
  }
  for (const each of [mastodon, bluesky, hook]) {
    each.asked.length = 0
    each.faults.length = 0
  }
  mastodon.statuses.length = 0
  bluesky.posts.length = 0
  hook.taken.clear()
  apiKey = (await newAccount(folder.dataDir)).apiKey
  client = nativeClient(server.origin, apiKey)
})

const onMastodon = () => ({
  platform: 'mastodon',
  server: `${mastodon.origin}/`,
  accessToken: mastodon.token,
})
const onBluesky = () => ({
  platform: 'bluesky',
  server: bluesky.origin,
  identifier: 'olga.example.com',
  appPassword: bluesky.password,
})
const byHook = () => ({ platform: 'webhook', url: `${hook.origin}/hook` })

async function connect(body: object): Promise<ConnectPostAccountReply> {
  const made = await client.call<ConnectPostAccountReply>('POST', '/post-accounts', body)
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body
}

const soku = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.origin}/v1/posts`, {
    method: 'POST',
    headers: { 'soku-api-key': apiKey, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

async function post(content: object, more: object = {}): Promise<string> {
  const answer = await soku({ post: { content }, ...more })
  expect(answer.status).toBe(200)
  const body = (await answer.json()) as PostSubmissionReply
  expect(Object.keys(body)).toEqual(['postSubmissionId'])
  return body.postSubmissionId
}

async function status(id: string): Promise<PostStatusReply> {
  const answer = await fetch(`${server.origin}/v1/posts/${id}`, { headers: { 'soku-api-key': apiKey } })
  expect(answer.status).toBe(200)
  return (await answer.json()) as PostStatusReply
}

/** Once it is no more in progress. */
const ended = (id: string): Promise<PostStatusReply> =>
  vi.waitUntil(async () => {
    const now = await status(id)
    return now.status !== 'in-progress' && now
  }, PATIENCE) as Promise<PostStatusReply>

const attempts = async (id: string) =>
  (await client.call<ListAttemptsReply>('GET', `/posts/${id}/attempts`)).body.items

/** As if the time of the next attempt had come. */
function hurry(): void {
  const db = new DatabaseSync(join(folder.dataDir, 'earshot.db'), { timeout: 10_000 })
  db.prepare(`update post_deliveries set next_at = 1 where state = 'pending'`).run()
  db.close()
}

const tried = (id: string, count: number) =>
  vi.waitUntil(
    async () => (await attempts(id)).filter(({ endedAt }) => endedAt !== null).length >= count,
    PATIENCE,
  )

describe('accounts to post to', () => {
  it('are connected when their platform says whose they are, listed without secrets, and removed', async () => {
    const made = [await connect(onMastodon()), await connect(onBluesky()), await connect(byHook())]
    expect(made).toMatchObject([
      {
        platform: 'mastodon',
        server: mastodon.origin,
        handle: `@olga@${new URL(mastodon.origin).host}`,
        characterLimit: 500,
        secret: null,
      },
      {
        platform: 'bluesky',
        server: bluesky.origin,
        handle: '@olga.example.com',
        characterLimit: 300,
        secret: null,
      },
      { platform: 'webhook', server: `${hook.origin}/hook`, secret: expect.stringMatching(/^whsec_/) },
    ])
    const again = await connect(onMastodon())
    expect(again.id).toBe(made[0]!.id)
    const listed = await client.call<ListPostAccountsReply>('GET', '/post-accounts')
    expect(listed.body.items.map(({ id }) => id)).toEqual(made.map(({ id }) => id))
    const shown = JSON.stringify(listed.body) + server.output()
    const stored = JSON.stringify(
      new DatabaseSync(join(folder.dataDir, 'earshot.db')).prepare('select * from post_accounts').all(),
    )
    for (const secret of [mastodon.token, bluesky.password, made[2]!.secret!]) {
      expect(shown).not.toContain(secret)
      expect(stored).not.toContain(secret)
    }
    const stranger = nativeClient(server.origin, (await newAccount(folder.dataDir)).apiKey)
    expect((await stranger.call('DELETE', `/post-accounts/${made[0]!.id}`)).status).toBe(404)
    for (const { id } of made) expect((await client.call('DELETE', `/post-accounts/${id}`)).status).toBe(204)
    expect((await client.call<ListPostAccountsReply>('GET', '/post-accounts')).body.items).toEqual([])
  })

  it.each<[string, () => object, RegExp]>([
    ['a wrong token', () => ({ ...onMastodon(), accessToken: 'wrong' }), /refuses the access token/],
    ['a token that no header carries', () => ({ ...onMastodon(), accessToken: 'a\nb' }), /characters/],
    [
      'a wrong password',
      () => ({ ...onBluesky(), appPassword: 'wrong' }),
      /refuses the handle or the app password/,
    ],
    ['another kind of server', () => ({ ...onMastodon(), server: bluesky.origin }), /refuses|Mastodon's API/],
    ['a private address', () => ({ ...onMastodon(), server: 'https://127.0.0.1' }), /EARSHOT_POST_ALLOW/],
    [
      'a private address of a webhook',
      () => ({ platform: 'webhook', url: 'https://[::ffff:10.0.0.1]/' }),
      /a public address.*EARSHOT_POST_ALLOW/,
    ],
    ['plain http to strangers', () => ({ ...onMastodon(), server: 'http://example.com' }), /https/],
    ['no address', () => ({ platform: 'webhook', url: 'hook' }), /must be a URL/],
    [
      'a password in the address',
      () => ({ platform: 'webhook', url: 'https://a:b@example.com' }),
      /password/,
    ],
  ])('are refused with %s', async (_, body, says) => {
    const answer = await client.call<{ error: { message: string; details: object } }>(
      'POST',
      '/post-accounts',
      body(),
    )
    expect(answer.status).toBe(400)
    expect(answer.body.error.message).toMatch(says)
    expect(answer.body.error.details).toMatchObject({ reasonCode: 'post.account' })
  })
})

describe('an account’s test', () => {
  const tested = (id: string) =>
    client.call<PostAccountReply & { error: { message: string } }>('POST', `/post-accounts/${id}/test`)

  it('says that it can be posted to, and how long a post may be there now', async () => {
    const made = [await connect(onMastodon()), await connect(onBluesky()), await connect(byHook())]
    mastodon.maxCharacters = 1000
    const answers = await Promise.all(made.map(({ id }) => tested(id)))
    mastodon.maxCharacters = 500
    expect(answers.map(({ status, body }) => [status, body.id, body.characterLimit])).toEqual([
      [200, made[0]!.id, 1000],
      [200, made[1]!.id, 300],
      [200, made[2]!.id, 60_000],
    ])
    expect([mastodon.statuses, bluesky.posts]).toEqual([[], []])
    const [{ headers, body }] = hook.asked as [(typeof hook.asked)[number]]
    expect(new Webhook(made[2]!.secret!).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'post.test',
    })
  })

  it('says why not', async () => {
    const [account, byWebhook] = [await connect(onMastodon()), await connect(byHook())]
    mastodon.revoked = true
    const refused = await tested(account.id)
    mastodon.revoked = false
    expect([refused.status, refused.body.error.message]).toEqual([
      400,
      expect.stringContaining('refuses the access token'),
    ])
    hook.faults.push({ status: 410, body: { error: 'gone' } })
    expect((await tested(byWebhook.id)).body.error.message).toContain('answered 410: gone')
    const stranger = nativeClient(server.origin, (await newAccount(folder.dataDir)).apiKey)
    expect((await stranger.call('POST', `/post-accounts/${account.id}/test`)).status).toBe(404)
  })
})

describe('a post in Soku’s shape', () => {
  it('is published on every platform that it names, and says where', async () => {
    const made = [await connect(onMastodon()), await connect(onBluesky()), await connect(byHook())]
    const text = 'Größe zählt: https://example.com/ä 👩‍👩‍👧‍👦'
    const id = await post(
      {
        text,
        mediaType: 'text',
        platform: ['mastodon', { platform: 'bluesky', accountId: made[1]!.id }, 'webhook'],
      },
      { enableRepurposing: true, trial_reel: true },
    )
    const done = await ended(id)
    expect(done).toMatchObject({
      postSubmissionId: id,
      status: 'published',
      publicUrl: mastodon.statuses[0]!.url,
    })
    expect(done.platforms.map(({ status, publicUrl }) => [status, publicUrl])).toEqual([
      ['published', mastodon.statuses[0]!.url],
      ['published', `https://bsky.app/profile/${bluesky.did}/post/${bluesky.posts[0]!.rkey}`],
      ['published', 'https://example.com/posts/1'],
    ])
    expect(mastodon.statuses.map((each) => each.text)).toEqual([text])
    const [{ record }] = bluesky.posts as [(typeof bluesky.posts)[number]]
    const { byteStart, byteEnd } = record.facets![0]!.index
    expect(record.text).toBe(text)
    expect(Buffer.from(text).subarray(byteStart, byteEnd).toString()).toBe('https://example.com/ä')
    const [delivered] = [...hook.taken.values()]
    expect(
      new Webhook(made[2]!.secret!).verify(delivered!.body, delivered!.headers as Record<string, string>),
    ).toMatchObject({
      type: 'post.publish',
      data: { postSubmissionId: id, text, thread: [text], mediaType: 'text', enableRepurposing: true },
    })
    expect((await attempts(id)).map(({ platform, outcome }) => [platform, outcome]).sort()).toEqual([
      ['bluesky', 'published'],
      ['mastodon', 'published'],
      ['webhook', 'published'],
    ])
  })

  it('comes with its pictures, whatever they are served as', async () => {
    await connect(onMastodon())
    await connect(onBluesky())
    await connect(byHook())
    const [png, jpeg] = [
      Buffer.from('\x89PNG\r\n\x1a\n, a picture', 'latin1'),
      Buffer.from('\xff\xd8\xff, too', 'latin1'),
    ]
    pictures.files.set('/a', png).set('/b.txt', jpeg)
    const urls = [`${pictures.origin}/a`, `${pictures.origin}/b.txt`]
    const platform = ['mastodon', 'bluesky', 'webhook']
    const id = await post({ text: 'x '.repeat(400), platform, mediaType: 'image', mediaUrls: urls })
    const done = await ended(id)
    expect(done.platforms.map((each) => [each.platform, each.status, each.errorMessage])).toEqual(
      platform.map((each) => [each, 'published', undefined]),
    )
    // With the first of the thread.
    expect(mastodon.statuses.map((each) => each.pictures)).toEqual([
      [
        { type: 'image/png', bytes: png },
        { type: 'image/jpeg', bytes: jpeg },
      ],
      [],
    ])
    const { record } = bluesky.posts[0]!
    expect(
      record.embed!.images.map(({ image }) => [image.mimeType, bluesky.blobs.get(image.ref.$link)]),
    ).toEqual([
      ['image/png', png],
      ['image/jpeg', jpeg],
    ])
    for (const other of bluesky.posts.slice(1)) expect(other.record.embed).toBeUndefined()
    expect(JSON.parse([...hook.taken.values()][0]!.body)).toMatchObject({ data: { mediaUrls: urls } })
  })

  it.each([
    [
      'is too large',
      '/large',
      Buffer.concat([Buffer.from('GIF8'), Buffer.alloc(1_000_000)]),
      /larger than the 1000 kB/,
    ],
    ['is none', '/page', Buffer.from('<html>'), /is not a JPEG, PNG, GIF or WebP picture/],
    ['is not there', '/nothing', undefined, /answered 404/],
  ])('fails where a picture %s, and nothing is posted', async (_, path, file, says) => {
    await connect(onBluesky())
    if (file) pictures.files.set(path, file)
    const imageUrls = [`${pictures.origin}${path}`]
    const done = await ended(await post({ text: 'a', platform: 'bluesky', imageUrls }))
    expect(done).toMatchObject({ status: 'failed', errorMessage: expect.stringMatching(says) })
    expect(bluesky.posts).toEqual([])
  })

  it('fetches pictures from public addresses only', async () => {
    await connect(onMastodon())
    const imageUrls = [`${server.origin.replace('http:', 'https:')}/logo.png`]
    const done = await ended(await post({ text: 'a', platform: 'mastodon', imageUrls }))
    expect(done).toMatchObject({
      status: 'failed',
      errorMessage: expect.stringMatching(/could not be fetched/),
    })
    expect(mastodon.statuses).toEqual([])
  })

  it('takes one platform by its name alone', async () => {
    await connect(onMastodon())
    expect((await ended(await post({ text: 'Hi', platform: 'mastodon' }))).status).toBe('published')
  })

  it('becomes a thread where it is too long', async () => {
    await connect(onMastodon())
    await connect(onBluesky())
    const text = 'One sentence that is said again and again. '.repeat(20).trim()
    await ended(await post({ text, platform: ['mastodon', 'bluesky'] }))
    expect(mastodon.statuses.map((each) => each.text).join(' ')).toBe(text)
    expect(mastodon.statuses.map(({ in_reply_to_id }) => in_reply_to_id)).toEqual([
      null,
      ...mastodon.statuses.slice(0, -1).map(({ id }) => id),
    ])
    expect(bluesky.posts.map(({ record }) => record.text).join(' ')).toBe(text)
    const [root, ...replies] = bluesky.posts
    replies.forEach(({ record }, k) => {
      expect(record.reply!.root).toEqual({ uri: root!.uri, cid: root!.cid })
      expect(record.reply!.parent).toEqual({ uri: bluesky.posts[k]!.uri, cid: bluesky.posts[k]!.cid })
    })
    expect(new Set(bluesky.posts.map(({ rkey }) => rkey)).size).toBe(bluesky.posts.length)
  })

  it('waits for its time, can be cancelled until then, and not after', async () => {
    await connect(onMastodon())
    const scheduledTime = new Date(Date.now() + 3_600_000).toISOString()
    const [kept, taken] = [
      await post({ text: 'Kept', platform: 'mastodon' }, { scheduledTime }),
      await post({ text: 'Taken', platform: 'mastodon' }, { scheduledTime }),
    ]
    expect(await status(kept)).toMatchObject({ status: 'in-progress' })
    expect((await client.call('DELETE', `/posts/${taken}`)).status).toBe(204)
    expect(await status(taken)).toMatchObject({ status: 'failed', errorMessage: 'mastodon: cancelled' })
    expect((await client.call('DELETE', `/posts/${taken}`)).status).toBe(409)
    const listed = await client.call<ListPostsReply>('GET', '/posts?state=pending')
    expect(listed.body.items).toMatchObject([
      { id: kept, text: 'Kept', scheduledTime, platforms: [{ attempts: 0, nextAttemptAt: scheduledTime }] },
    ])
    hurry()
    expect((await ended(kept)).status).toBe('published')
    expect(mastodon.statuses.map(({ text }) => text)).toEqual(['Kept'])
  })

  it('is made once for one Idempotency-Key', async () => {
    await connect(onMastodon())
    const body = { post: { content: { text: 'Once', platform: 'mastodon' } } }
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => soku(body, { 'idempotency-key': 'k1' })),
    )
    const ids = new Set(
      await Promise.all(
        answers.map(async (each) => ((await each.json()) as PostSubmissionReply).postSubmissionId),
      ),
    )
    expect(ids.size).toBe(1)
    expect(
      (
        await soku(
          { post: { content: { text: 'Twice', platform: 'mastodon' } } },
          { 'idempotency-key': 'k1' },
        )
      ).status,
    ).toBe(409)
    await ended([...ids][0]!)
    expect(mastodon.statuses).toHaveLength(1)
  })

  it.each<[string, object, object, string, RegExp]>([
    ['another platform', { text: 'a', platform: ['x'] }, {}, 'post.platform', /connect a webhook/],
    [
      'a platform without an account',
      { text: 'a', platform: ['bluesky'] },
      {},
      'post.account',
      /No bluesky account is connected/,
    ],
    [
      'an account that is not there',
      { text: 'a', platform: [{ platform: 'mastodon', accountId: 'pacc_0' }] },
      {},
      'post.account',
      /no connected mastodon account pacc_0/,
    ],
    ['no text', { platform: ['mastodon'] }, {}, 'request.invalid', /no text/],
    ['no platform', { text: 'a' }, {}, 'request.invalid', /platform/],
    [
      'a video for Mastodon',
      { text: 'a', platform: ['mastodon'], videoUrl: 'https://a.io/a.mp4' },
      {},
      'request.invalid',
      /webhook/,
    ],
    [
      'media of no kind for Bluesky',
      { text: 'a', platform: ['bluesky'], mediaUrls: ['https://a.io/a'] },
      {},
      'request.invalid',
      /mediaType/,
    ],
    [
      'a picture without one',
      { text: 'a', platform: ['bluesky'], mediaType: 'image' },
      {},
      'request.invalid',
      /imageUrls/,
    ],
    [
      'five pictures',
      { text: 'a', platform: ['mastodon'], imageUrls: [1, 2, 3, 4, 5].map((k) => `https://a.io/${k}`) },
      {},
      'request.invalid',
      /at most 4/,
    ],
    [
      'a time that has passed',
      { text: 'a', platform: ['mastodon'] },
      { scheduledTime: '2020-01-01T00:00:00Z' },
      'request.invalid',
      /one minute in the future/,
    ],
    [
      'a time that is none',
      { text: 'a', platform: ['mastodon'] },
      { scheduledTime: 'tomorrow' },
      'request.invalid',
      /scheduledTime/,
    ],
    [
      'a field of nobody’s',
      { text: 'a', platform: ['mastodon'] },
      { colour: 'red' },
      'request.invalid',
      /colour/,
    ],
    [
      'a book',
      { text: 'word. '.repeat(9_990), platform: ['mastodon'] },
      {},
      'post.too_long',
      /thread of \d+ posts/,
    ],
  ])('is refused with %s, and nothing is posted', async (_, content, more, reasonCode, says) => {
    await connect(onMastodon())
    const answer = await soku({ post: { content }, ...more })
    const { error } = (await answer.json()) as { error: { code: string; message: string; details: object } }
    expect([answer.status, error.code]).toEqual([400, 'validation_error'])
    expect(error.message).toMatch(says)
    expect(error.details).toMatchObject({ reasonCode })
    expect((await client.call<ListPostsReply>('GET', '/posts')).body.items).toEqual([])
  })

  it('asks which account is meant where there are several', async () => {
    await connect(byHook())
    const second = await connect({ platform: 'webhook', url: `${hook.origin}/second` })
    const vague = await soku({ post: { content: { text: 'a', platform: 'webhook' } } })
    expect(vague.status).toBe(400)
    expect(((await vague.json()) as { error: { message: string } }).error.message).toContain('accountId')
    await ended(await post({ text: 'a', platform: [{ platform: 'webhook', accountId: second.id }] }))
    expect([...hook.taken.values()].map(({ url }) => url.pathname)).toEqual(['/second'])
  })

  it('of another account is not there', async () => {
    await connect(onMastodon())
    const id = await post({ text: 'Mine', platform: 'mastodon' })
    const stranger = (await newAccount(folder.dataDir)).apiKey
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/attempts'],
    ] as const) {
      const answer = await fetch(`${server.origin}/v1/posts/${id}${path}`, {
        method,
        headers: { 'soku-api-key': stranger },
      })
      expect(answer.status).toBe(404)
    }
  })
})

describe('an attempt that fails', () => {
  it('is made again after a while, and noted', async () => {
    await connect(onMastodon())
    mastodon.faults.push({ status: 503 }, { status: 429, headers: { 'retry-after': '600' } })
    const id = await post({ text: 'Patience', platform: 'mastodon' })
    await tried(id, 0)
    await vi.waitUntil(async () => (await attempts(id)).length === 1, PATIENCE)
    expect(await status(id)).toMatchObject({ status: 'in-progress' })
    await vi.waitUntil(async () => (await nextAttempt(id)) !== null && (await failedOnce(id)), PATIENCE)
    hurry()
    await vi.waitUntil(async () => /429/.test((await platformOf(id)).error ?? ''), PATIENCE)
    expect(Date.parse((await platformOf(id)).nextAttemptAt!)).toBeGreaterThan(Date.now() + 300_000)
    hurry()
    expect((await ended(id)).status).toBe('published')
    expect(mastodon.statuses).toHaveLength(1)
    expect((await platformOf(id)).attempts).toBe(3)
  })

  const platformOf = async (id: string) =>
    (await client.call<ListPostsReply>('GET', '/posts')).body.items.find((each) => each.id === id)!
      .platforms[0]!
  const nextAttempt = async (id: string) => (await platformOf(id)).nextAttemptAt
  const failedOnce = async (id: string) => (await platformOf(id)).error !== null

  it('for good ends the post, and says why', async () => {
    await connect(onMastodon())
    mastodon.faults.push({ status: 422, body: { error: 'Validation failed: no' } })
    const done = await ended(await post({ text: 'No', platform: 'mastodon' }))
    expect(done.status).toBe('failed')
    expect(done.errorMessage).toMatch(/mastodon: .* answered 422: Validation failed: no/)
    expect(done.publicUrl).toBeUndefined()
  })

  it.each<[string, () => object, () => number, () => typeof mastodon | typeof bluesky | typeof hook]>([
    ['mastodon', onMastodon, () => mastodon.statuses.length, () => mastodon],
    ['bluesky', onBluesky, () => bluesky.posts.length, () => bluesky],
    ['webhook', byHook, () => hook.taken.size, () => hook],
  ])('after %s took the post does not post it again', async (platform, account, count, double) => {
    await connect(account())
    double().faults.push('lost')
    const id = await post({ text: 'Lost answer', platform })
    await vi.waitUntil(async () => count() === 1 && (await platformOf(id)).error !== null, PATIENCE)
    mastodon.forget()
    hurry()
    expect((await ended(id)).status).toBe('published')
    expect(count()).toBe(1)
  })

  it('for good can be tried again by hand: what is out stays out', async () => {
    await connect(onMastodon())
    await connect(onBluesky())
    mastodon.faults.push({ status: 422 })
    const id = await post({ text: 'Once more', platform: ['mastodon', 'bluesky'] })
    expect((await ended(id)).status).toBe('failed')
    const again = await client.call<PostReply>('POST', `/posts/${id}/retry`)
    expect([again.status, again.body.state]).toEqual([202, 'pending'])
    expect(again.body.platforms.map(({ platform, state }) => [platform, state])).toContainEqual([
      'bluesky',
      'published',
    ])
    expect((await ended(id)).status).toBe('published')
    expect([mastodon.statuses.length, bluesky.posts.length]).toEqual([1, 1])
    expect((await client.call('POST', `/posts/${id}/retry`)).status).toBe(409)
    const stranger = nativeClient(server.origin, (await newAccount(folder.dataDir)).apiKey)
    expect((await stranger.call('POST', `/posts/${id}/retry`)).status).toBe(404)
  })

  it('because the account was removed can be tried again once it is connected again', async () => {
    const { id: account } = await connect(onMastodon())
    const scheduledTime = new Date(Date.now() + 600_000).toISOString()
    const id = await post({ text: 'Back again', platform: 'mastodon' }, { scheduledTime })
    await client.call('DELETE', `/post-accounts/${account}`)
    hurry()
    await ended(id)
    expect((await client.call('POST', `/posts/${id}/retry`)).status).toBe(400)
    await connect(onMastodon())
    expect((await client.call('POST', `/posts/${id}/retry`)).status).toBe(202)
    expect((await ended(id)).status).toBe('published')
  })

  it('because the account was removed is said', async () => {
    const { id: account } = await connect(onMastodon())
    const id = await post(
      { text: 'Too late', platform: 'mastodon' },
      { scheduledTime: new Date(Date.now() + 600_000).toISOString() },
    )
    await client.call('DELETE', `/post-accounts/${account}`)
    hurry()
    expect((await ended(id)).errorMessage).toContain('disconnected')
  })
})

describe('a draft', () => {
  it('is made of a transcript, changed, and published', async () => {
    const accounts = [await connect(onMastodon()), await connect(onBluesky())].map(({ id }) => id)
    const file = new Uint8Array(wav(toneAudio(toneProgramme(1, 6), 6)))
    const { mediaId } = (await upload(server.origin, apiKey, file)).body
    const asked = await client.call<{ id: string }>('POST', '/transcriptions', { mediaId })
    const transcription = await client.ended(asked.body.id)
    const made = await client.call<DraftReply>('POST', `/transcriptions/${transcription.id}/drafts`, {
      accountIds: accounts,
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      transcriptionId: transcription.id,
      accountIds: accounts,
      characterLimit: 300,
    })
    const spoken = transcription.transcript!.text.replaceAll(/\s/g, '')
    expect(made.body.thread.join('').replaceAll(/\s/g, '')).toBe(spoken)
    expect(spoken).not.toBe('')
    const none = await client.call('POST', `/transcriptions/${transcription.id}/drafts`, {
      accountIds: accounts,
      from: 5000,
    })
    expect(none.status).toBe(409)

    const changed = await client.call<DraftReply>('PATCH', `/drafts/${made.body.id}`, {
      thread: ['x'.repeat(301), 'two'],
    })
    expect(changed.body).toMatchObject({
      thread: ['x'.repeat(301), 'two'],
      lengths: [301, 3],
      accounts: [
        { accountId: accounts[0], characterLimit: 500, lengths: [301, 3] },
        { accountId: accounts[1], characterLimit: 300, lengths: [301, 3] },
      ],
    })
    const long = await client.call<{ error: { details: object } }>(
      'POST',
      `/drafts/${made.body.id}/publish`,
      {},
    )
    expect([long.status, long.body.error.details]).toMatchObject([
      400,
      { reasonCode: 'post.too_long', index: 0, limit: 300 },
    ])
    await client.call('PATCH', `/drafts/${made.body.id}`, { thread: ['one', 'two'] })
    const answers = await Promise.all(
      [1, 2].map(() => client.call<PostReply>('POST', `/drafts/${made.body.id}/publish`, {})),
    )
    expect(answers.map((each) => each.status).sort()).toEqual([202, 404])
    const { body } = answers.find((each) => each.status === 202)!
    expect(body).toMatchObject({ text: 'one\n\ntwo', transcriptionId: transcription.id })
    expect((await ended(body.id)).status).toBe('published')
    expect(mastodon.statuses.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(bluesky.posts.map(({ record }) => record.text)).toEqual(['one', 'two'])
    expect((await client.call<ListDraftsReply>('GET', '/drafts')).body.items).toEqual([])
  })

  it('is refused beyond what an account may have, without a time to ask again', async () => {
    const { id: account } = await connect(byHook())
    const draft = { accountIds: [account], text: 'One of many' }
    const { body: first } = await client.call<DraftReply>('POST', '/drafts', draft)
    const db = new DatabaseSync(join(folder.dataDir, 'earshot.db'), { timeout: 10_000 })
    db.prepare(
      `with recursive n(k) as (select 1 union all select k + 1 from n where k < ${MOST_DRAFTS - 1})
       insert into post_drafts (id, account_id, thread, post_account_ids, created_at, updated_at)
       select id || k, account_id, thread, post_account_ids, created_at, updated_at from post_drafts, n where id = ?`,
    ).run(first.id)
    db.close()
    const refused = await client.raw('/drafts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(draft),
    })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([409, null])
    expect(await refused.json()).toMatchObject({ error: { details: { reasonCode: 'account.limit' } } })
    await client.call('DELETE', `/drafts/${first.id}`)
    expect((await client.call('POST', '/drafts', draft)).status).toBe(201)
  })

  it('is written from nothing, and removed; with an Idempotency-Key it is published once', async () => {
    const { id } = await connect(byHook())
    const [made, repeated] = await Promise.all(
      [1, 2].map(() =>
        client.call<DraftReply>(
          'POST',
          '/drafts',
          { accountIds: [id], text: 'Hello' },
          { 'idempotency-key': 'w1' },
        ),
      ),
    )
    expect(made!.body.thread).toEqual(['Hello'])
    expect(repeated).toMatchObject({ status: 201, body: { id: made!.body.id } })
    const removed = await client.call<DraftReply>('POST', '/drafts', { accountIds: [id], thread: ['a', 'b'] })
    expect((await client.call('DELETE', `/drafts/${removed.body.id}`)).status).toBe(204)
    expect((await client.call('GET', `/drafts/${removed.body.id}`)).status).toBe(404)
    const publish = () =>
      client.call<PostReply>('POST', `/drafts/${made!.body.id}/publish`, {}, { 'idempotency-key': 'd1' })
    const [first, second] = [await publish(), await publish()]
    expect([first.status, second.status]).toEqual([202, 202])
    expect(second.body.id).toBe(first.body.id)
    const other = await client.call<DraftReply>('POST', '/drafts', { accountIds: [id], text: 'Another' })
    const taken = await client.call(
      'POST',
      `/drafts/${other.body.id}/publish`,
      {},
      { 'idempotency-key': 'd1' },
    )
    expect(taken.status).toBe(409)
    await ended(first.body.id)
    expect(hook.taken.size).toBe(1)
  })
})

describe('kill -9 between sending and recording', () => {
  it.each<[string, () => object, () => number, () => typeof mastodon | typeof bluesky | typeof hook]>([
    ['mastodon', onMastodon, () => mastodon.statuses.length, () => mastodon],
    ['bluesky', onBluesky, () => bluesky.posts.length, () => bluesky],
    ['webhook', byHook, () => hook.taken.size, () => hook],
  ])('posts once on %s', async (platform, account, count, double) => {
    await connect(account())
    double().faults.push('hang')
    const id = await post({ text: 'Only once', platform })
    await vi.waitUntil(() => count() === 1, PATIENCE)
    await server.kill()
    mastodon.forget()
    server = await startServer(folder.dataDir, settings)
    client = nativeClient(server.origin, apiKey)
    expect((await ended(id)).status).toBe('published')
    expect(count()).toBe(1)
    expect((await attempts(id)).map(({ outcome }) => outcome)).toEqual(['unknown', 'published'])
  })
})
