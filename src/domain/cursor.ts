/** Where a page of a list ended, the newest first: opaque to clients, so that the order can change. */
import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { DomainError } from './errors.ts'

interface Place {
  /** Epoch ms. */
  at: number
  id: string
}

export interface PageInput {
  cursor?: string | undefined
  limit: number
}

export interface Page<T> {
  items: T[]
  /** Null: there are no more. */
  nextCursor: string | null
}

/** The columns that a list is in order of. */
interface Columns<T> {
  time: keyof T & string
  id: keyof T & string
  /** Their table, where the query has several. */
  of?: string
}

export const BY_CREATION = { time: 'created_at', id: 'id' } as const

/** A page of what a query gives, the newest first. @throws DomainError `request.invalid` */
export async function pageOf<DB, TB extends keyof DB, T>(
  query: SelectQueryBuilder<DB, TB, T>,
  { cursor, limit }: PageInput,
  { time, id, of }: Columns<T>,
): Promise<Page<T>> {
  const ref = (name: string): Ref => sql.ref(of ? `${of}.${name}` : name)
  const [ofTime, ofId] = [ref(time), ref(id)]
  const rest = cursor === undefined ? query : query.where(behind(cursor, ofTime, ofId))
  const rows: readonly T[] = await rest
    .orderBy(ofTime, 'desc')
    .orderBy(ofId, 'desc')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor({ at: Number(last[time]), id: String(last[id]) }) : null }
}

type Ref = RawBuilder<unknown>

export const encodeCursor = ({ at, id }: Place): string => Buffer.from(`${at}.${id}`).toString('base64url')

/** What comes behind the page that ended there. @throws DomainError `request.invalid` */
export function behind(cursor: string, time: Ref, id: Ref): RawBuilder<boolean> {
  const place = decodeCursor(cursor)
  // The condition on the time alone lets the index be used; without it every page scans from the newest row.
  return sql<boolean>`${time} <= ${place.at}
    and (${time} < ${place.at} or (${time} = ${place.at} and ${id} < ${place.id}))`
}

/** @throws DomainError `request.invalid` */
export function decodeCursor(cursor: string): Place {
  const [, at, id] = /^(\d{1,15})\.([\w-]{1,100})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (at === undefined || id === undefined) throw unknownCursor()
  return { at: Number(at), id }
}

export const unknownCursor = (): DomainError =>
  new DomainError('request.invalid', 'This cursor is not valid. Use the `nextCursor` of an earlier page.', {
    field: 'cursor',
    reason: 'invalid',
  })
