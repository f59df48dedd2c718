/** AT Protocol: posts as records under keys of our own choice, so that a repetition is known for one. */
import { createHash } from 'node:crypto'
import { linksIn } from '../../domain/posts/links.ts'
import {
  type Connected,
  type Credentials,
  type PostTarget,
  type PostToPublish,
  PublishError,
  type PublishedPost,
} from '../../ports/publisher.ts'
import { type Ask, beforePosting, refusal, textOf } from './ask.ts'
import { type FetchPicture, type Picture, untaken } from './pictures.ts'

const COLLECTION = 'app.bsky.feed.post'
/** Of the lexicon of posts. */
const LIMITS = { graphemes: 300, bytes: 3000 }

interface Session {
  did: string
  handle: string
  token: string
}

/** @param password an app password; the account's own works too, but can do everything */
async function logIn(
  ask: Ask,
  server: string,
  { identifier, password }: { identifier: string; password: string },
  signal: AbortSignal,
): Promise<Session> {
  const { host } = new URL(server)
  const answer = await ask({
    method: 'POST',
    url: `${server}/xrpc/com.atproto.server.createSession`,
    body: JSON.stringify({ identifier, password }),
    signal,
  })
  const [did, handle, token] = ['did', 'handle', 'accessJwt'].map((field) => textOf(answer.json, field))
  if (answer.status === 200 && did && handle && token) return { did, handle, token }
  if (answer.status === 401)
    throw new PublishError(`${host} refuses the handle or the app password.`, { again: false })
  if (answer.status === 200 || answer.status === 404)
    throw new PublishError(`${host} is no server of the AT Protocol (a PDS, like https://bsky.social).`, {
      again: false,
    })
  throw refusal(answer, host, Date.now())
}

export async function connectBluesky(
  ask: Ask,
  { server, identifier = '', secret }: Credentials,
  signal: AbortSignal,
): Promise<Connected> {
  const { origin } = new URL(server)
  const { did, handle } = await logIn(ask, origin, { identifier, password: secret }, signal)
  return { server: origin, handle: `@${handle}`, remoteId: did, limits: LIMITS }
}

export async function publishOnBluesky(
  { ask, fetchPicture }: { ask: Ask; fetchPicture: FetchPicture },
  { server, remoteId, secret }: PostTarget,
  post: PostToPublish,
  signal: AbortSignal,
): Promise<PublishedPost> {
  const { did, token } = await logIn(ask, server, { identifier: remoteId ?? '', password: secret }, signal)
  const headers = { authorization: `Bearer ${token}` }
  const rkey = recordKey(post)
  const earlier = async (): Promise<PublishedPost | undefined> => {
    const query = new URLSearchParams({ repo: did, collection: COLLECTION, rkey })
    const found = await ask({ url: `${server}/xrpc/com.atproto.repo.getRecord?${query}`, headers, signal })
    return publishedAs(found.json, did, rkey)
  }
  const known = post.maybeSince === null ? undefined : await earlier()
  if (known) return known
  const blobs: object[] = []
  for (const url of post.pictures)
    blobs.push(await uploadBlob(ask, server, headers, await fetchPicture(url, PICTURE_BYTES, signal), signal))
  const answer = await ask({
    method: 'POST',
    url: `${server}/xrpc/com.atproto.repo.createRecord`,
    headers,
    body: JSON.stringify({ repo: did, collection: COLLECTION, rkey, record: recordOf(post, blobs) }),
    signal,
  })
  // A server that has a record under this key refuses another one, and does not say so in one way.
  const made = publishedAs(answer.json, did, rkey) ?? (await earlier())
  if (made) return made
  throw refusal(answer, new URL(server).host, Date.now())
}

function publishedAs(json: unknown, did: string, rkey: string): PublishedPost | undefined {
  const [uri, cid] = [textOf(json, 'uri'), textOf(json, 'cid')]
  if (uri === undefined || cid === undefined) return undefined
  return { id: uri, cid, url: `https://bsky.app/profile/${did}/post/${rkey}` }
}

/** Of the lexicon of pictures in posts. */
const PICTURE_BYTES = 1_000_000

/** @returns the reference that a record names it by @throws PublishError */
async function uploadBlob(
  ask: Ask,
  server: string,
  headers: Record<string, string>,
  { bytes, type }: Picture,
  signal: AbortSignal,
): Promise<object> {
  const url = `${server}/xrpc/com.atproto.repo.uploadBlob`
  const answer = await beforePosting(
    ask({ method: 'POST', url, headers, contentType: type, body: bytes, signal }),
  )
  const blob = (answer.json as { blob?: unknown } | undefined)?.blob
  if (answer.status === 200 && typeof blob === 'object' && blob !== null) return blob
  throw untaken(answer, new URL(server).host)
}

function recordOf(
  { thread, index, before, createdAt, language }: PostToPublish,
  blobs: readonly object[],
): Record<string, unknown> {
  const text = thread[index] ?? ''
  const links = facets(text)
  const [root, parent] = [before[0], before.at(-1)]
  return {
    $type: COLLECTION,
    text,
    // Each a moment later than the one before it, so that whoever sorts by time sorts the thread.
    createdAt: new Date(createdAt + index).toISOString(),
    ...(language !== null && { langs: [language] }),
    ...(links.length > 0 && { facets: links }),
    ...(blobs.length > 0 && {
      embed: { $type: 'app.bsky.embed.images', images: blobs.map((image) => ({ alt: '', image })) },
    }),
    ...(root && parent && { reply: { root: reference(root), parent: reference(parent) } }),
  }
}

const reference = ({ id, cid }: PublishedPost) => ({ uri: id, cid })

/** Links are links only where the record says so, and places are counted in bytes of UTF-8. */
export const facets = (text: string): object[] =>
  linksIn(text).map(({ start, end, url }) => ({
    index: {
      byteStart: Buffer.byteLength(text.slice(0, start)),
      byteEnd: Buffer.byteLength(text.slice(0, end)),
    },
    features: [{ $type: 'app.bsky.richtext.facet#link', uri: url }],
  }))

const TID = '234567abcdefghijklmnopqrstuvwxyz'

/**
 * The key of a post's record, a TID: microseconds since 1970 and ten bits of whose clock it was. Here the time is the
 * post's own, and everything below a millisecond comes from the delivery: the same for every attempt, and another one
 * for every other post.
 */
export function recordKey({
  deliveryId,
  index,
  createdAt,
}: Pick<PostToPublish, 'deliveryId' | 'index' | 'createdAt'>): string {
  const hash = createHash('sha256').update(deliveryId).digest()
  const micros = BigInt(createdAt + index) * 1000n + BigInt(hash.readUInt16BE(0) % 1000)
  let number = ((micros & ((1n << 53n) - 1n)) << 10n) | BigInt(hash.readUInt16BE(2) & 1023)
  let key = ''
  for (let k = 0; k < 13; k++) {
    key = TID[Number(number & 31n)]! + key
    number >>= 5n
  }
  return key
}
