/** Mastodon's API, which Pleroma, Akkoma, GoToSocial, Pixelfed and others speak as well. */
import { setTimeout } from 'node:timers/promises'
import {
  type Connected,
  type Credentials,
  type PostLimits,
  type PostTarget,
  type PostToPublish,
  PublishError,
  type PublishedPost,
} from '../../ports/publisher.ts'
import { type Answer, type Ask, beforePosting, refusal, textOf } from './ask.ts'
import { type FetchPicture, type Picture, untaken } from './pictures.ts'

/** Where the instance says nothing. */
const USUAL: PostLimits = { graphemes: 500, link: 23 }
/** How long the instance's clock may be behind ours. */
const SKEW_MS = 5 * 60_000

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })

export async function connectMastodon(
  ask: Ask,
  { server, secret }: Credentials,
  signal: AbortSignal,
): Promise<Connected> {
  const origin = new URL(server).origin
  const me = await ask({
    url: `${origin}/api/v1/accounts/verify_credentials`,
    headers: bearer(secret),
    signal,
  })
  const [id, username] = [textOf(me.json, 'id'), textOf(me.json, 'username')]
  if (me.status !== 200 || id === undefined || username === undefined) throw refused(me, origin)
  return {
    server: origin,
    handle: `@${username}@${new URL(origin).host}`,
    remoteId: id,
    limits: await limitsOf(ask, origin, signal),
  }
}

function refused(answer: Answer, origin: string): PublishError {
  const { host } = new URL(origin)
  if (answer.status === 401 || answer.status === 403)
    return new PublishError(
      `${host} refuses the access token. It needs the scopes read:accounts, read:statuses and write:statuses.`,
      { again: false },
    )
  if (answer.status === 200 || answer.status === 404)
    return new PublishError(`${host} does not speak Mastodon's API.`, { again: false })
  return refusal(answer, host, Date.now())
}

async function limitsOf(ask: Ask, origin: string, signal: AbortSignal): Promise<PostLimits> {
  const { json } = await ask({ url: `${origin}/api/v2/instance`, signal })
  const said = (json as { configuration?: { statuses?: Record<string, unknown> } } | undefined)?.configuration
    ?.statuses
  const [most, link] = [said?.max_characters, said?.characters_reserved_per_url]
  return {
    graphemes: isCount(most) ? most : USUAL.graphemes,
    link: isCount(link) ? link : (USUAL.link ?? 0),
  }
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1_000_000

/** The instance knows a repetition by its `Idempotency-Key` for an hour; after that it is asked what it has. */
export async function publishOnMastodon(
  { ask, fetchPicture }: { ask: Ask; fetchPicture: FetchPicture },
  target: PostTarget,
  post: PostToPublish,
  signal: AbortSignal,
): Promise<PublishedPost> {
  const { server, secret } = target
  if (post.maybeSince !== null) {
    const found = await findEarlier(ask, target, post, signal)
    if (found) return found
  }
  const media: string[] = []
  for (const url of post.pictures)
    media.push(await attach(ask, target, await fetchPicture(url, PICTURE_BYTES, signal), signal))
  const before = post.before.at(-1)
  const answer = await ask({
    method: 'POST',
    url: `${server}/api/v1/statuses`,
    headers: { ...bearer(secret), 'idempotency-key': `earshot-${post.deliveryId}-${post.index}` },
    body: JSON.stringify({
      status: post.thread[post.index],
      ...(media.length > 0 && { media_ids: media }),
      ...(before && { in_reply_to_id: before.id }),
      ...(post.language !== null && { language: post.language }),
    }),
    signal,
  })
  const id = textOf(answer.json, 'id')
  if (answer.status !== 200 || id === undefined) throw refusal(answer, new URL(server).host, Date.now())
  return published(answer.json, id)
}

/** The least that any version of it takes, and what most instances leave it at is more. */
const PICTURE_BYTES = 8 * 1024 * 1024
const PROCESSED_MS = 1000
const LOOKS = 30

/** Uploads a picture, and waits until the instance has made its sizes of it. @returns its id @throws PublishError */
async function attach(
  ask: Ask,
  { server, secret }: PostTarget,
  { bytes, type }: Picture,
  signal: AbortSignal,
): Promise<string> {
  const { host } = new URL(server)
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), `picture.${type.slice('image/'.length)}`)
  const encoded = new Response(form)
  let answer = await beforePosting(
    ask({
      method: 'POST',
      url: `${server}/api/v2/media`,
      headers: bearer(secret),
      contentType: encoded.headers.get('content-type') ?? '',
      body: Buffer.from(await encoded.arrayBuffer()),
      signal,
    }),
  )
  const id = textOf(answer.json, 'id')
  if (answer.status === 401 || answer.status === 403)
    throw new PublishError(
      `${host} refuses the picture: the access token needs the scope write:media, too.`,
      {
        again: false,
      },
    )
  const taken = answer.status === 200 || answer.status === 202
  for (let look = 0; taken && id !== undefined && answer.status !== 200 && look < LOOKS; look++) {
    await setTimeout(PROCESSED_MS, undefined, { signal })
    answer = await beforePosting(
      ask({ url: `${server}/api/v1/media/${encodeURIComponent(id)}`, headers: bearer(secret), signal }),
    )
    if (answer.status !== 200 && answer.status !== 206) break
  }
  if (answer.status === 200 && id !== undefined) return id
  throw untaken(answer, host, answer.status === 202 || answer.status === 206)
}

const published = (status: unknown, id: string): PublishedPost => ({
  id,
  url: textOf(status, 'url') ?? textOf(status, 'uri') ?? null,
})

/** What the account posted since the attempt of which nobody knows the end, and is word for word this post. */
async function findEarlier(
  ask: Ask,
  { server, secret, remoteId }: PostTarget,
  { thread, index, maybeSince, before }: PostToPublish,
  signal: AbortSignal,
): Promise<PublishedPost | undefined> {
  const headers = bearer(secret)
  const { host } = new URL(server)
  const listed = await ask({
    url: `${server}/api/v1/accounts/${encodeURIComponent(remoteId ?? '')}/statuses?limit=40&exclude_reblogs=true`,
    headers,
    signal,
  })
  if (listed.status !== 200 || !Array.isArray(listed.json)) throw cannotLook(listed, host)
  for (const status of listed.json as unknown[]) {
    const id = textOf(status, 'id')
    const at = Date.parse(textOf(status, 'created_at') ?? '')
    if (id === undefined || !(at >= (maybeSince ?? 0) - SKEW_MS) || before.some((each) => each.id === id))
      continue
    if ((textOf(status, 'in_reply_to_id') ?? null) !== (before.at(-1)?.id ?? null)) continue
    const source = await ask({
      url: `${server}/api/v1/statuses/${encodeURIComponent(id)}/source`,
      headers,
      signal,
    })
    if (source.status !== 200) throw cannotLook(source, host)
    if (textOf(source.json, 'text') === thread[index]) return published(status, id)
  }
  return undefined
}

/** Better not posted than posted twice. */
function cannotLook(answer: Answer, host: string): PublishError {
  const { again, retryAfterMs } = refusal(answer, host, Date.now())
  return new PublishError(
    `The server broke off while it published this, and ${host} does not tell whether the post is there (status ` +
      `${answer.status}; the token needs read:statuses). Look there before you post it again.`,
    { again, retryAfterMs },
  )
}
