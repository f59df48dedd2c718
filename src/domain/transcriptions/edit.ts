import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireScope } from '../keys/authenticate.ts'
import { takeRoom } from '../media/room.ts'
import type { Edited } from './editing.ts'
import { indexWords } from './index-text.ts'
import { type EditDeps, lockAsSeen, originalOf, type Seen, saveVersion, see } from './save-version.ts'

export interface EditTranscription {
  title?: string | undefined
  /** Segments, as JSON. */
  segments?: string | undefined
  /** The version that was edited. */
  version?: number | undefined
  /** Back to what was recognised. */
  revert?: boolean | undefined
}

/**
 * Changes the title, or saves an edited transcript beside the original, which stays.
 * @throws DomainError `resource.not_found`, `request.invalid`, `edit.conflict`, `storage.full`
 */
export async function editTranscription(
  deps: EditDeps & Pick<Deps, 'policy'>,
  ctx: Ctx,
  id: string,
  wanted: EditTranscription,
): Promise<void> {
  requireScope(ctx, 'transcribe')
  const { db, clock, texts } = deps
  for (;;) {
    const seen = await see(db, ctx.accountId, id)
    const title = wanted.title ?? seen.title
    const edited = await editedText(seen, title)
    const words = edited?.words ?? (seen.stored && (await texts.wordsUnder(title, seen.stored)))
    const done = await db.transaction().execute(async (tx) => {
      if (!(await lockAsSeen(tx, ctx.accountId, id, seen))) return false
      if (wanted.title !== undefined)
        await tx.updateTable('transcriptions').set({ title }).where('id', '=', id).execute()
      // Whoever has no room can still go back to what was recognised.
      if (edited && wanted.segments) await takeRoom(tx, deps, ctx, Buffer.byteLength(edited.changes))
      if (edited) await saveVersion(tx, clock.now(), { ctx, id, version: seen.version + 1 }, edited)
      else if (words !== undefined) await indexWords(tx, id, words)
      return true
    })
    if (done) return
  }

  async function editedText(seen: Seen, title: string | null): Promise<Edited | undefined> {
    const { segments, version, revert } = wanted
    if (seen.stored === undefined && !segments && !revert) return undefined
    if (seen.stored === undefined) throw noText()
    if (version !== undefined && version !== seen.version) throw savedMeanwhile(seen.version)
    if (segments) return texts.withSegments(title, seen.stored, segments)
    if (!revert || seen.version === 0) return undefined
    return texts.asBefore(title, seen.stored, await originalOf(db, id))
  }
}

export const noText = (): DomainError =>
  new DomainError('request.invalid', 'segments: There is no transcript to edit yet.', {
    field: 'segments',
    reason: 'invalid',
  })

export const savedMeanwhile = (version: number): DomainError =>
  new DomainError('edit.conflict', 'Somebody else saved the transcript in the meantime.', { version })
