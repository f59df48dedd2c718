import { createHash } from 'node:crypto'
import type { ListedItem, Listing } from '../../ports/listings.ts'
import { type PricePolicy, price } from '../credits/prices.ts'
import { isPlatform, parseListLink } from '../links/index.ts'

const M = 60_000
const H = 60 * M

export const MOST_SUBSCRIPTIONS = 100
/** Entries of a subscription that may wait. Further new entries in the list are found by later looks. */
export const MOST_WAITING = 1000
/** Entries that are remembered. Beyond this, those that have left the list are forgotten. */
export const MOST_REMEMBERED = 20_000
/** How often to check whether there are credits for waiting entries. */
export const BLOCKED_MS = M
/** Failed looks in a row after which an event is sent. */
export const FAILURES_TO_TELL = 3

const LONGEST_WAIT_MS = 24 * H

/** The wait until the next look, ms: the usual one, doubled with each failure in a row. */
export const lookWait = (everyMs: number, failures: number): number =>
  failures === 0
    ? everyMs
    : Math.max(everyMs, Math.min(LONGEST_WAIT_MS, everyMs * 2 ** Math.min(failures, 20)))

/** The wait until an entry that failed for lack of credits is tried again, ms. */
export const retryWait = (retries: number): number =>
  Math.min(LONGEST_WAIT_MS, H * 2 ** Math.min(retries, 10))

/** An address that is the same for every spelling of the list's address. @throws LinkError */
export function sourceOf(url: string): string {
  if (isPlatform(url)) return parseListLink(url).canonicalUrl
  if (!URL.canParse(url)) return url
  const parsed = new URL(url)
  parsed.hash = ''
  return parsed.href
}

/**
 * How many entries of a list to read. A channel has the newest on top. A playlist can get new ones anywhere, and has at
 * most 5,000 on YouTube. A feed is read as a whole.
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
 * The new entries of a list. If the list goes on beyond what was read, unknown entries behind the last known one are
 * older ones, which moved up because others were removed.
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

/** The entries that the credits are enough for, in order. One that is too expensive does not block those after it. */
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
