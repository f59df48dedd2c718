import type { Ctx, Deps } from '../context.ts'
import type { Change } from '../transcripts/changes.ts'
import { getTranscription } from './get.ts'

export interface ChangedVersion {
  version: number
  changeId: string | null
  changedAt: number
  /** A person's name, or a key's. */
  changedBy: string | null
  changes: Change[]
}

/**
 * Who changed what behind a version, the oldest first.
 * @returns those, at most `limit`, and the version as it is now
 * @throws DomainError `resource.not_found`
 */
export async function listChanges(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  id: string,
  { since, limit }: { since: number; limit: number },
): Promise<{ version: number; items: ChangedVersion[] }> {
  await getTranscription({ db }, ctx.accountId, id)
  const rows = await db
    .selectFrom('transcript_changes as c')
    .leftJoin('users as u', 'u.id', 'c.changed_by')
    .leftJoin('api_keys as k', 'k.id', 'c.changed_by')
    .select(['c.version', 'c.change_id', 'c.changed_at', 'c.changes', 'u.name as user', 'k.name as key'])
    .where('c.transcription_id', '=', id)
    .where('c.version', '>', since)
    .orderBy('c.version')
    .limit(limit)
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
      changes: JSON.parse(changes) as Change[],
    })),
  }
}
