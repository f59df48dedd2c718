import { sql } from 'kysely'
import type { Ctx, Deps } from '../context.ts'
import { getTranscription } from './get.ts'

export interface ChangedVersion {
  version: number
  changeId: string | null
  changedAt: number
  /** A person's name, or a key's. */
  changedBy: string | null
  /** As JSON. */
  changes: string
}

/** Characters: where saved texts are long, a page has fewer of them. */
const MOST = 4_000_000

/**
 * Who changed what behind a version, the oldest first.
 * @returns those, at most `limit`, or as many as fit into a page, and the version as it is now
 * @throws DomainError `resource.not_found`
 */
export async function listChanges(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  id: string,
  { since, limit }: { since: number; limit: number },
): Promise<{ version: number; items: ChangedVersion[] }> {
  await getTranscription({ db }, ctx.accountId, id)
  const sizes = await db
    .selectFrom('transcript_changes')
    .select(['version', sql<number>`length(changes)`.as('letters')])
    .where('transcription_id', '=', id)
    .where('version', '>', since)
    .orderBy('version')
    .limit(limit)
    .execute()
  const rows = await db
    .selectFrom('transcript_changes as c')
    .leftJoin('users as u', 'u.id', 'c.changed_by')
    .leftJoin('api_keys as k', 'k.id', 'c.changed_by')
    .select(['c.version', 'c.change_id', 'c.changed_at', 'c.changes', 'u.name as user', 'k.name as key'])
    .where('c.transcription_id', '=', id)
    .where('c.version', '>', since)
    .orderBy('c.version')
    .limit(howMany(sizes))
    .execute()
  const edit = await db
    .selectFrom('transcript_edits')
    .select('version')
    .where('transcription_id', '=', id)
    .executeTakeFirst()
  return {
    version: edit?.version ?? 0,
    items: rows.map(({ version, change_id, changed_at, changes, user, key }) => ({
      version,
      changeId: change_id,
      changedAt: changed_at,
      changedBy: user ?? key,
      changes,
    })),
  }
}

/** At least one. */
function howMany(sizes: readonly { letters: number }[]): number {
  let sum = 0
  const first = sizes.findIndex(({ letters }) => {
    sum += Number(letters)
    return sum > MOST
  })
  return first < 0 ? sizes.length : Math.max(1, first)
}
