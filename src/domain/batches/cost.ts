import type { Deps } from '../context.ts'
import { price } from '../credits/prices.ts'
import type { NewItem } from './create.ts'

/** Ids a query. */
const AT_ONCE = 500

/**
 * What the items cost at least, as far as is known before the work: of files by their length; of links, of which the
 * length is known only when they are fetched, the least that one costs. Files that are not there cost nothing: their
 * items fail.
 */
export async function leastCost(
  { db, policy }: Pick<Deps, 'db' | 'policy'>,
  accountId: string,
  items: readonly NewItem[],
): Promise<{ credits: number; seconds: number }> {
  const seconds = await lengthsOf(db, accountId, items)
  // A link's transcript may be there already, where that is free.
  const ofLink = policy.reusePrice === 'free' ? 0 : price(policy.prices.soku, 0)
  let credits = 0
  let known = 0
  for (const { mediaId } of items) {
    const length = mediaId === undefined ? undefined : seconds.get(mediaId)
    if (mediaId === undefined) credits += ofLink
    else if (length !== undefined) credits += price(policy.prices.soku, length)
    known += length ?? 0
  }
  return { credits, seconds: known }
}

async function lengthsOf(
  db: Deps['db'],
  accountId: string,
  items: readonly NewItem[],
): Promise<Map<string, number>> {
  const ids = [...new Set(items.flatMap(({ mediaId }) => mediaId ?? []))]
  const lengths = new Map<string, number>()
  for (let from = 0; from < ids.length; from += AT_ONCE)
    for (const { id, duration_ms } of await db
      .selectFrom('media')
      .select(['id', 'duration_ms'])
      .where('account_id', '=', accountId)
      .where('id', 'in', ids.slice(from, from + AT_ONCE))
      .execute())
      lengths.set(id, Number(duration_ms) / 1000)
  return lengths
}
