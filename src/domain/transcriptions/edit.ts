import type { Segment, Transcript } from '../../ports/transcript.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireScope } from '../keys/authenticate.ts'
import { lockRows } from '../lock-rows.ts'
import type { TranscriptionRow, Tx } from '../tables.ts'
import { joined } from '../transcripts/join-text.ts'
import { indexText } from './index-text.ts'
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
  if (segments) checkTimes(segments)
  await db.transaction().execute(async (tx) => {
    const row = await lock(tx, ctx.accountId, id)
    const known = title ?? row.title
    if (title !== undefined)
      await tx.updateTable('transcriptions').set({ title }).where('id', '=', id).execute()
    const read = await readTranscript(tx, row, { original: revert === true })
    if (!read) {
      if (segments || revert) throw invalid('segments', 'There is no transcript to edit yet.')
      return
    }
    if (version !== undefined && version !== read.version)
      throw new DomainError('edit.conflict', 'Somebody else saved the transcript in the meantime.', {
        version: read.version,
      })
    const transcript = segments ? edited(read.transcript, segments) : read.transcript
    if (segments || (revert && read.version > 0))
      await save(tx, clock.now(), { ctx, id, version: read.version + 1, transcript })
    await indexText(tx, id, known, transcript.text)
  })
}

async function lock(tx: Tx, accountId: string, id: string): Promise<TranscriptionRow> {
  const row = await lockRows(
    tx.selectFrom('transcriptions').selectAll().where('id', '=', id).where('account_id', '=', accountId),
  ).executeTakeFirst()
  if (!row) throw new DomainError('resource.not_found', `There is no transcription ${id} in your account.`)
  return row
}

const edited = ({ language, unclear }: Transcript, segments: readonly Segment[]): Transcript => ({
  text: joined(segments.map(({ text }) => text.trim())),
  segments: segments.map(withoutEmptyWords),
  language,
  ...(unclear && { unclear }),
})

/** A word of nothing has no place in captions, and costs time there. */
const withoutEmptyWords = ({ words, ...segment }: Segment): Segment => ({
  ...segment,
  ...(words && { words: words.filter(({ word }) => word.trim() !== '') }),
})

async function save(
  tx: Tx,
  now: number,
  { ctx, id, version, transcript }: { ctx: Ctx; id: string; version: number; transcript: Transcript },
): Promise<void> {
  const saved = {
    version,
    transcript: JSON.stringify(transcript),
    edited_by: ctx.keyId,
    edited_at: now,
  }
  await tx
    .insertInto('transcript_edits')
    .values({ transcription_id: id, account_id: ctx.accountId, ...saved })
    .onConflict((c) => c.column('transcription_id').doUpdateSet(saved))
    .execute()
}

function checkTimes(segments: readonly Segment[]): void {
  let last = 0
  segments.forEach(({ start, end, words = [] }, k) => {
    if (end < start || start < last) throw invalid(`segments.${k}`, 'The times must rise.')
    if (words.some((w) => w.end < w.start)) throw invalid(`segments.${k}.words`, 'The times must rise.')
    last = start
  })
}

const invalid = (field: string, message: string): DomainError =>
  new DomainError('request.invalid', `${field}: ${message}`, { field, reason: 'invalid' })
