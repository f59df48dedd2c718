import { type RawBuilder, sql } from 'kysely'
import { MOST_TAGS } from '../../contract/archive.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireScope } from '../keys/authenticate.ts'
import { lockRows } from '../lock-rows.ts'

export const tagsOf = ({ tags }: { tags: string }): string[] => JSON.parse(tags) as string[]

/** For a query in which `t` is the transcription. Not `like`, which ignores case in SQLite. */
export const hasTag = (tag: string): RawBuilder<boolean> =>
  sql<boolean>`replace(t.tags, ${JSON.stringify(tag)}, '') <> t.tags`

/** “Work” and “work” are the same tag; the first spelling is kept. */
export function changedTags(before: readonly string[], add: readonly string[], remove: readonly string[]) {
  const taken = new Set(remove.map(folded))
  const kept = before.filter((tag) => !taken.has(folded(tag)))
  for (const tag of add) if (!kept.some((other) => folded(other) === folded(tag))) kept.push(tag)
  return kept
}

const folded = (tag: string): string => tag.toLowerCase()

/**
 * Adds and removes tags on many transcriptions. Ids that do not exist in the account are skipped.
 * @throws DomainError `request.invalid` if one would have too many; then none is changed
 */
export async function tagTranscriptions(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  { ids, add, remove }: { ids: readonly string[]; add: readonly string[]; remove: readonly string[] },
): Promise<{ id: string; tags: string[] }[]> {
  requireScope(ctx, 'transcribe')
  return db.transaction().execute(async (tx) => {
    const rows = await lockRows(
      tx
        .selectFrom('transcriptions')
        .select(['id', 'tags'])
        .where('account_id', '=', ctx.accountId)
        .where('id', 'in', [...new Set(ids)])
        .orderBy('id'),
    ).execute()
    const items = rows.map((row) => ({ id: row.id, tags: changedTags(tagsOf(row), add, remove) }))
    if (items.some(({ tags }) => tags.length > MOST_TAGS))
      throw new DomainError('request.invalid', `A transcription has at most ${MOST_TAGS} tags.`, {
        field: 'add',
        reason: 'too_many',
      })
    for (const { id, tags } of items)
      await tx
        .updateTable('transcriptions')
        .set({ tags: JSON.stringify(tags) })
        .where('id', '=', id)
        .execute()
    return items
  })
}
