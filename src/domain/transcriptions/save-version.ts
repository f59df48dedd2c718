/** What every way of editing a transcript has in common: it is checked, and stored beside the original. */
import type { Segment, Transcript } from '../../ports/transcript.ts'
import type { Ctx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { lockRows } from '../lock-rows.ts'
import type { TranscriptionRow, Tx } from '../tables.ts'
import type { Change } from '../transcripts/changes.ts'
import { joined } from '../transcripts/join-text.ts'

export async function lockTranscription(tx: Tx, accountId: string, id: string): Promise<TranscriptionRow> {
  const row = await lockRows(
    tx.selectFrom('transcriptions').selectAll().where('id', '=', id).where('account_id', '=', accountId),
  ).executeTakeFirst()
  if (!row) throw new DomainError('resource.not_found', `There is no transcription ${id} in your account.`)
  return row
}

/** The transcript with other segments. @throws DomainError `request.invalid` where the times do not rise */
export function edited({ language, unclear }: Transcript, segments: readonly Segment[]): Transcript {
  checkTimes(segments)
  return {
    text: joined(segments.map(({ text }) => text.trim())),
    segments: segments.map(withoutEmptyWords),
    language,
    ...(unclear && { unclear }),
  }
}

/** A word of nothing has no place in captions, and costs time there. */
const withoutEmptyWords = ({ words, ...segment }: Segment): Segment => ({
  ...segment,
  ...(words && { words: words.filter(({ word }) => word.trim() !== '') }),
})

function checkTimes(segments: readonly Segment[]): void {
  let last = 0
  segments.forEach(({ start, end, words = [] }, k) => {
    if (end < start || start < last) throw risingTimes(`segments.${k}`)
    if (words.some((w) => w.end < w.start)) throw risingTimes(`segments.${k}.words`)
    last = start
  })
}

const risingTimes = (field: string): DomainError =>
  new DomainError('request.invalid', `${field}: The times must rise.`, { field, reason: 'invalid' })

interface NewVersion {
  ctx: Ctx
  id: string
  version: number
  transcript: Transcript
  /** What leads from the version before to this one. */
  changes: readonly Change[]
  changeId?: string
}

export async function saveVersion(
  tx: Tx,
  now: number,
  { ctx, id, version, transcript, changes, changeId }: NewVersion,
): Promise<void> {
  const by = ctx.userId ?? ctx.keyId
  const saved = { version, transcript: JSON.stringify(transcript), edited_by: by, edited_at: now }
  await tx
    .insertInto('transcript_edits')
    .values({ transcription_id: id, account_id: ctx.accountId, ...saved })
    .onConflict((c) => c.column('transcription_id').doUpdateSet(saved))
    .execute()
  await tx
    .insertInto('transcript_changes')
    .values({
      transcription_id: id,
      version,
      change_id: changeId ?? null,
      changed_by: by,
      changed_at: now,
      changes: JSON.stringify(changes),
    })
    .execute()
}
