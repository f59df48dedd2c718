import type { Fetcher } from '../../ports/fetcher.ts'
import { FeedError, type Feeds, type Listing } from '../../ports/listings.ts'
import { DomainError } from '../errors.ts'
import { isPlatform, LinkError, parseListLink } from '../links/index.ts'
import { fetchFailure } from '../transcriptions/failures.ts'

type Lists = { fetcher: Fetcher; feeds: Feeds }

/**
 * The posts of a playlist or a channel, or the recordings of a podcast's feed, in their order.
 * @param most how many are wanted
 * @throws DomainError `link.unsupported`, `fetch.*`
 */
export async function listSource(
  lists: Lists,
  url: string,
  most: number,
  signal: AbortSignal,
): Promise<Listing> {
  const listing = await readList(lists, url, most, signal)
  if (listing.items.length === 0)
    throw new DomainError('fetch.no_feed', 'Nothing in this list can be transcribed.', {
      field: 'url',
    })
  return listing
}

/** As `listSource`, of a list that may be empty. */
export async function readList(
  lists: Lists,
  url: string,
  most: number,
  signal: AbortSignal,
): Promise<Listing> {
  return read(lists, url, most, signal).catch((cause: unknown) => {
    if (cause instanceof LinkError)
      throw new DomainError('link.unsupported', cause.message, { field: 'url' }, { cause })
    if (cause instanceof FeedError)
      throw new DomainError('fetch.no_feed', cause.message, { field: 'url' }, { cause })
    throw fetchFailure(cause)
  })
}

const read = async (
  { fetcher, feeds }: Lists,
  url: string,
  most: number,
  signal: AbortSignal,
): Promise<Listing> =>
  isPlatform(url) ? fetcher.list(parseListLink(url), most, signal) : feeds.read(url, most, signal)
