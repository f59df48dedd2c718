import type { Deps } from '../context.ts'
import { price } from '../credits/prices.ts'
import type { NewItem } from './new-item.ts'

export interface Cost {
  least: number
  /** By the lengths that are known, also those that a list says. */
  expected: number
  /** Items of unknown length. */
  unknown: number
  /** Of files, in seconds. */
  lengths: ReadonlyMap<string, number>
}

/** Ids a query. */
const AT_ONCE = 500

/**
 * What the items cost, as far as is known before the work. At least: of files by their length; of links, of which the
 * length is known only when they are fetched, the least that one costs. Files that are not there cost nothing: their
 * items fail.
 */
export async function costOf(
  { db, policy }: Pick<Deps, 'db' | 'policy'>,
  accountId: string,
  items: readonly NewItem[],
): Promise<Cost> {
  const seconds = await lengthsOf(db, accountId, items)
  // A link's transcript may be there already, where that is free.
  const ofLink = policy.reusePrice === 'free' ? 0 : price(policy.prices.soku, 0)
  const cost = { least: 0, expected: 0, unknown: 0, lengths: seconds }
  for (const item of items) {
    const length = item.mediaId === undefined ? item.seconds : seconds.get(item.mediaId)
    const known = typeof length === 'number' ? price(policy.prices.soku, length) : undefined
    const least = item.mediaId === undefined ? ofLink : (known ?? 0)
    cost.least += least
    cost.expected += known ?? least
    if (known === undefined && item.mediaId === undefined) cost.unknown++
  }
  return cost
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
