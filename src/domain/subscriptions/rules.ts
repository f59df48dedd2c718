import { createHash } from 'node:crypto'
import type { ListedItem, Listing } from '../../ports/listings.ts'
import { type PricePolicy, price } from '../credits/prices.ts'
import { isPlatform, parseListLink } from '../links/index.ts'

const M = 60_000
const H = 60 * M

export const MOST_SUBSCRIPTIONS = 100
/** Entries of a subscription that were found and not begun yet. What is listed beyond is found later. */
export const MOST_WAITING = 1000
/** Entries that are remembered; beyond, those are forgotten that the list has no more. */
export const MOST_REMEMBERED = 20_000
/** How soon is looked again whether there are credits. */
export const BLOCKED_MS = M
/** After so many failed looks in a row, an event says so. */
export const FAILURES_TO_TELL = 3

const LONGEST_WAIT_MS = 24 * H

/** Until the next look: the usual time, or more after failures, doubled each time. */
export const lookWait = (everyMs: number, failures: number): number =>
  failures === 0
    ? everyMs
    : Math.max(everyMs, Math.min(LONGEST_WAIT_MS, everyMs * 2 ** Math.min(failures, 20)))

/** Until an entry is tried again whose cost was more than there was. */
export const retryWait = (retries: number): number =>
  Math.min(LONGEST_WAIT_MS, H * 2 ** Math.min(retries, 10))

/** The same list, however its address is written. @throws LinkError */
export function sourceOf(url: string): string {
  if (isPlatform(url)) return parseListLink(url).canonicalUrl
  if (!URL.canParse(url)) return url
  const parsed = new URL(url)
  parsed.hash = ''
  return parsed.href
}

/**
 * How much of a list is read. A channel has its newest on top; into a playlist they come anywhere, and YouTube's have
 * 5,000 at most; a feed is read as a whole.
 */
export const entriesToRead = (source: string): number => (isChannel(source) ? 200 : 5000)

const isChannel = (source: string): boolean => isPlatform(source) && new URL(source).pathname !== '/playlist'

/** Ids in feeds may be of any length. */
export const entryKey = ({ key }: Pick<ListedItem, 'key'>): string =>
  createHash('sha256').update(key).digest('base64url')

export interface Entry extends ListedItem {
  /** Digest of its key. */
  digest: string
  place: number
}

/**
 * What is new in a list. In one that goes on beyond what was read, entries behind the last known one are older: they
 * came into view because others were removed.
 */
export function newEntries(
  { items, more }: Listing,
  seen: ReadonlySet<string>,
): { fresh: Entry[]; older: Entry[] } {
  const all = items.map((item, place) => ({ ...item, digest: entryKey(item), place }))
  const lastKnown = all.findLastIndex(({ digest }) => seen.has(digest))
  const unknown = all.filter(({ digest }) => !seen.has(digest))
  const isOlder = ({ place }: Entry): boolean => more && lastKnown !== -1 && place > lastKnown
  return { fresh: unknown.filter((each) => !isOlder(each)), older: unknown.filter(isOlder) }
}

/** The first that there are credits for, in their order; an expensive one does not hold up those behind it. */
export function affordable<T extends { seconds: number | null }>(
  entries: readonly T[],
  credits: number,
  policy: PricePolicy,
): T[] {
  let left = credits
  return entries.filter(({ seconds }) => {
    const cost = price(policy, seconds ?? 0)
    if (cost > left) return false
    left -= cost
    return true
  })
}
