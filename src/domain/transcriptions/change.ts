import { EDITED } from '../../contract/edits.ts'
import type { Segment } from '../../ports/transcript.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireScope } from '../keys/authenticate.ts'
import type { Tx } from '../tables.ts'
import { applyChanges, type Change } from '../transcripts/changes.ts'
import { noText, savedMeanwhile } from './edit.ts'
import { indexText } from './index-text.ts'
import { edited, lockTranscription, saveVersion } from './save-version.ts'
import { readTranscript } from './transcript.ts'

export interface ChangeTranscript {
  /** The version that was edited. */
  version: number
  changeId: string
  changes: readonly Change[]
}

/**
 * Saves a few segments of an edited transcript. What was saved already under the same id is not saved again: who has
 * not heard the answer may send the same once more.
 * @returns the version that it led to
 * @throws DomainError `resource.not_found`, `request.invalid`, `edit.conflict`
 */
export async function changeTranscript(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  id: string,
  { version, changeId, changes }: ChangeTranscript,
): Promise<number> {
  requireScope(ctx, 'transcribe')
  return db.transaction().execute(async (tx) => {
    const row = await lockTranscription(tx, ctx.accountId, id)
    const done = await versionOf(tx, id, changeId)
    if (done !== undefined) return done
    const read = await readTranscript(tx, row)
    if (!read) throw noText()
    if (version !== read.version) throw savedMeanwhile(read.version)
    const segments = applyChanges(read.transcript.segments, changes)
    if (!segments) throw invalid(`There are ${read.transcript.segments.length} segments.`)
    checkSize(segments)
    const transcript = edited(read.transcript, segments)
    const next = read.version + 1
    await saveVersion(tx, clock.now(), { ctx, id, version: next, transcript, changes, changeId })
    await indexText(tx, id, row.title, transcript.text)
    return next
  })
}

const versionOf = async (tx: Tx, id: string, changeId: string): Promise<number | undefined> =>
  (
    await tx
      .selectFrom('transcript_changes')
      .select('version')
      .where('transcription_id', '=', id)
      .where('change_id', '=', changeId)
      .executeTakeFirst()
  )?.version

function checkSize(segments: readonly Segment[]): void {
  const letters = segments.reduce((sum, { text }) => sum + text.length, 0)
  if (segments.length > EDITED.segments || letters > EDITED.letters)
    throw invalid(`A transcript has at most ${EDITED.segments} segments and ${EDITED.letters} characters.`)
}

const invalid = (message: string): DomainError =>
  new DomainError('request.invalid', `changes: ${message}`, { field: 'changes', reason: 'invalid' })
