import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { MediaRow } from '../tables.ts'

/** @throws DomainError `resource.not_found`, also where it is another account's */
export async function getMedia(
  { db }: Pick<Deps, 'db'>,
  accountId: string,
  mediaId: string,
): Promise<MediaRow> {
  const row = await db
    .selectFrom('media')
    .selectAll()
    .where('id', '=', mediaId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  if (!row)
    throw new DomainError('resource.not_found', `There is no media ${mediaId} in your media library.`, {
      mediaId,
    })
  return row
}
