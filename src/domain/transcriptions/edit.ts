import type { Segment, Transcript } from '../../ports/transcript.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireScope } from '../keys/authenticate.ts'
import { changesBetween } from '../transcripts/changes.ts'
import { indexText } from './index-text.ts'
import { edited, lockTranscription, saveVersion } from './save-version.ts'
import { readTranscript } from './transcript.ts'

export interface EditTranscription {
  title?: string | undefined
  segments?: readonly Segment[] | undefined
  /** The version that was edited. */
  version?: number | undefined
  /** Back to what was recognised. */
  revert?: boolean | undefined
}

/**
 * Changes the title, or saves an edited transcript beside the original, which stays.
 * @throws DomainError `resource.not_found`, `request.invalid`, `edit.conflict`
 */
export async function editTranscription(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  id: string,
  { title, segments, version, revert }: EditTranscription,
): Promise<void> {
  requireScope(ctx, 'transcribe')
  await db.transaction().execute(async (tx) => {
    const row = await lockTranscription(tx, ctx.accountId, id)
    const known = title ?? row.title
    if (title !== undefined)
      await tx.updateTable('transcriptions').set({ title }).where('id', '=', id).execute()
    const read = await readTranscript(tx, row)
    if (!read) {
      if (segments || revert) throw noText()
      return
    }
    if (version !== undefined && version !== read.version) throw savedMeanwhile(read.version)
    const transcript = await wanted()
    if (transcript !== read.transcript) {
      const changes = changesBetween(read.transcript.segments, transcript.segments)
      await saveVersion(tx, clock.now(), { ctx, id, version: read.version + 1, transcript, changes })
    }
    await indexText(tx, id, known, transcript.text)

    async function wanted(): Promise<Transcript> {
      if (segments) return edited(read!.transcript, segments)
      if (!revert || read!.version === 0) return read!.transcript
      return (await readTranscript(tx, row, { original: true }))!.transcript
    }
  })
}

export const noText = (): DomainError =>
  new DomainError('request.invalid', 'segments: There is no transcript to edit yet.', {
    field: 'segments',
    reason: 'invalid',
  })

export const savedMeanwhile = (version: number): DomainError =>
  new DomainError('edit.conflict', 'Somebody else saved the transcript in the meantime.', { version })
