/** Where a page of a list ended, the newest first: opaque to clients, so that the order can change. */
import { type RawBuilder, sql } from 'kysely'
import { DomainError } from './errors.ts'

interface Place {
  /** Epoch ms. */
  at: number
  id: string
}

export interface Page<T> {
  items: T[]
  /** Null: there are no more. */
  nextCursor: string | null
}

/** @param rows one more than the page has, where there are more */
export function pageOf<T extends { id: string; created_at: number }>(
  rows: readonly T[],
  limit: number,
  timeOf: (row: T) => number = (row) => row.created_at,
): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items,
    nextCursor: rows.length > limit && last ? encodeCursor({ at: timeOf(last), id: last.id }) : null,
  }
}

export const encodeCursor = ({ at, id }: Place): string => Buffer.from(`${at}.${id}`).toString('base64url')

/** What comes behind the page that ended there. @throws DomainError `request.invalid` */
export function behind(cursor: string, time = 'created_at', id = 'id'): RawBuilder<boolean> {
  const place = decodeCursor(cursor)
  const [ofTime, ofId] = [sql.ref(time), sql.ref(id)]
  // The condition on the time alone lets the index be used; without it every page scans from the newest row.
  return sql<boolean>`${ofTime} <= ${place.at}
    and (${ofTime} < ${place.at} or (${ofTime} = ${place.at} and ${ofId} < ${place.id}))`
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
