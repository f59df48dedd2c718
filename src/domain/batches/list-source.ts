import type { Fetcher } from '../../ports/fetcher.ts'
import type { Feeds, Listing } from '../../ports/listings.ts'
import { DomainError } from '../errors.ts'
import { isPlatform, parseListLink } from '../links/index.ts'
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
  { fetcher, feeds }: Lists,
  url: string,
  most: number,
  signal: AbortSignal,
): Promise<Listing> {
  try {
    return await (isPlatform(url)
      ? fetcher.list(parseListLink(url), most, signal)
      : feeds.read(url, most, signal))
  } catch (cause) {
    throw fetchFailure(cause)
  }
}
