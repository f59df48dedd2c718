import { FeedError, type Feeds, type Listing } from '../../ports/listings.ts'
import { EgressError, type Guard, type GuardedResponse, remoteMediaPolicy } from '../egress/index.ts'
import { createFeedReader } from './reader.ts'

/** The largest feeds of podcasts have some 20 MB. */
const MAX_BYTES = 32 * 2 ** 20
const TIMEOUT_MS = 60_000

/** Reads feeds through the guard. */
export function guardedFeeds(guard: Guard): Feeds {
  return {
    async read(url, most, signal) {
      try {
        const headers = {
          accept: 'application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.1',
        }
        const limits = { signal, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS }
        return await listed(await guard.get({ url, headers, policy: remoteMediaPolicy, ...limits }), most)
      } catch (cause) {
        if (signal.aborted || cause instanceof FeedError) throw cause
        if (cause instanceof EgressError)
          throw new FeedError(`The feed could not be fetched: ${cause.message}.`, { cause })
        throw new FeedError('The feed could not be fetched: the connection failed.', { cause })
      }
    },
  }
}

async function listed({ status, headers, body }: GuardedResponse, most: number): Promise<Listing> {
  const refuse = (message: string): never => {
    body.on('error', () => {}).destroy()
    throw new FeedError(message)
  }
  if (status !== 200) refuse(`The address answered ${status} instead of a feed.`)
  const decoder = decoderFor(headers['content-type'] ?? '')
  const reader = createFeedReader(most)
  for await (const chunk of body) {
    reader.write(decoder.decode(chunk as Buffer, { stream: true }))
    if (reader.full()) break
  }
  const listing = reader.end()
  return listing ?? refuse('The address leads to no feed of a podcast (RSS or Atom).')
}

/** Nearly all are UTF-8; another encoding is named in the header. */
function decoderFor(contentType: string): Pick<InstanceType<typeof TextDecoder>, 'decode'> {
  const named = /charset="?([\w-]{1,40})/i.exec(contentType)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(named)
  } catch {
    return new TextDecoder()
  }
}
