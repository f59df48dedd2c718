import type { Ctx, Deps } from '../context.ts'
import { requireScope } from '../keys/authenticate.ts'
import { takeRoom } from '../media/room.ts'
import type { Db, Tx } from '../tables.ts'
import { noText, savedMeanwhile } from './edit.ts'
import { type EditDeps, lockAsSeen, saveVersion, see } from './save-version.ts'

export interface ChangeTranscript {
  /** The version that was edited. */
  version: number
  changeId: string
  /** Changes, as JSON. */
  changes: string
}

/**
 * Saves a few segments of an edited transcript. What was saved already under the same id is not saved again: who has
 * not heard the answer may send the same once more.
 * @returns the version that it led to
 * @throws DomainError `resource.not_found`, `request.invalid`, `edit.conflict`, `storage.full`
 */
export async function changeTranscript(
  deps: EditDeps & Pick<Deps, 'policy'>,
  ctx: Ctx,
  id: string,
  { version, changeId, changes }: ChangeTranscript,
): Promise<number> {
  requireScope(ctx, 'transcribe')
  const { db, clock, texts } = deps
  for (;;) {
    const seen = await see(db, ctx.accountId, id)
    const before = await versionOf(db, id, changeId)
    if (before !== undefined) return before
    if (seen.stored === undefined) throw noText()
    if (version !== seen.version) throw savedMeanwhile(seen.version)
    const edited = await texts.withChanges(seen.title, seen.stored, changes)
    const saved = await db.transaction().execute(async (tx) => {
      if (!(await lockAsSeen(tx, ctx.accountId, id, seen))) return undefined
      await takeRoom(tx, deps, ctx, Buffer.byteLength(edited.changes))
      const next = seen.version + 1
      await saveVersion(tx, clock.now(), { ctx, id, version: next, changeId }, edited)
      return next
    })
    // Its twin, or somebody else, was quicker: the next look says which.
    if (saved !== undefined) return saved
  }
}

const versionOf = async (db: Db | Tx, id: string, changeId: string): Promise<number | undefined> =>
  (
    await db
      .selectFrom('transcript_changes')
      .select('version')
      .where('transcription_id', '=', id)
      .where('change_id', '=', changeId)
      .executeTakeFirst()
  )?.version
