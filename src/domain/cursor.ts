/** Where a page of a list ended: opaque to clients, so that the order can change. */
import { DomainError } from './errors.ts'

interface Place {
  /** Epoch ms. */
  at: number
  id: string
}

export const encodeCursor = (last: { created_at: number; id: string } | undefined): string | null =>
  last ? Buffer.from(`${last.created_at}.${last.id}`).toString('base64url') : null

/** @throws DomainError `request.invalid` */
export function decodeCursor(cursor: string): Place {
  const [, at, id] = /^(\d{1,15})\.([\w-]{1,100})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (at === undefined || id === undefined) throw unknownCursor()
  return { at: Number(at), id }
}

export const unknownCursor = (): DomainError =>
  new DomainError('request.invalid', 'This is not a cursor that was handed out.', {
    field: 'cursor',
    reason: 'invalid',
  })
