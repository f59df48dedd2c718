/** The orders of the list of transcriptions, and the cursor of each. */
import { type RawBuilder, sql } from 'kysely'
import type { ORDERS } from '../../contract/archive.ts'
import { behind, encodeCursor, unknownCursor } from '../cursor.ts'

export type Order = (typeof ORDERS)[number]

interface OrderBy {
  key: RawBuilder<string | number>
  direction: 'asc' | 'desc'
}

/** Only the beginning of the title, to keep cursors short. */
const title = sql<string>`lower(substr(coalesce(t.title, t.link_url, ''), 1, 60))`
const length = sql<number>`coalesce(t.duration_ms, 0)`

export const ORDER_BY: Record<Order, OrderBy> = {
  newest: { key: sql<number>`t.created_at`, direction: 'desc' },
  oldest: { key: sql<number>`t.created_at`, direction: 'asc' },
  longest: { key: length, direction: 'desc' },
  shortest: { key: length, direction: 'asc' },
  title: { key: title, direction: 'asc' },
}

interface Last {
  id: string
  /** What `key` is of it. */
  sort_key: string | number
}

export const cursorAfter = (order: Order, { sort_key, id }: Last): string =>
  order === 'newest'
    ? encodeCursor({ at: Number(sort_key), id })
    : Buffer.from(JSON.stringify([order, sort_key, id])).toString('base64url')

/** The condition for the rows after the page that ended at the cursor. @throws DomainError `request.invalid` */
export function behindIn(order: Order, cursor: string): RawBuilder<boolean> {
  const { key, direction } = ORDER_BY[order]
  // Along an index.
  if (order === 'newest') return behind(cursor, key, sql`t.id`)
  const [at, id] = placeOf(order, cursor)
  const beyond = direction === 'asc' ? sql`>` : sql`<`
  return sql<boolean>`(${key} ${beyond} ${at} or (${key} = ${at} and t.id ${beyond} ${id}))`
}

function placeOf(order: Order, cursor: string): [string | number, string] {
  const place = parsed(Buffer.from(cursor, 'base64url').toString())
  if (!Array.isArray(place) || place.length !== 3) throw unknownCursor()
  const [of, at, id] = place as unknown[]
  const isKey = order === 'title' ? typeof at === 'string' : Number.isSafeInteger(at)
  if (of !== order || !isKey || typeof id !== 'string') throw unknownCursor()
  return [at as string | number, id]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
