import { PLATFORM_NAMES, type Platform } from '../../contract/platforms.ts'
import { countLocked } from '../accounts/lock.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import { freed } from '../leases/lease.ts'
import type { Db, TranscriptionRow, Tx } from '../tables.ts'
import { getTranscription } from '../transcriptions/get.ts'
import type { SpeakerRunRow } from './tables.ts'

/** Of an account, not ended. */
const MOST_OPEN = 20

/**
 * Has the speakers of a transcript told apart anew. Where that is under way already, it starts over with the new number.
 * @param speakers how many there are at most; null: as many as sound unlike each other
 * @throws DomainError `resource.not_found`, `transcription.no_text`, `media.missing`, `queue.share`
 */
export async function askForSpeakers(
  deps: Pick<Deps, 'db' | 'clock' | 'signals'>,
  ctx: Ctx,
  transcriptionId: string,
  speakers: number | null,
): Promise<SpeakerRunRow> {
  requireScope(ctx, 'transcribe')
  const transcription = await getTranscription(deps, ctx.accountId, transcriptionId)
  if (transcription.transcript === null)
    throw new DomainError(
      'transcription.no_text',
      `The transcription ${transcriptionId} is ${transcription.state}: it has no text.`,
      { state: transcription.state },
    )
  await requireRecording(deps.db, transcription)
  const now = deps.clock.now()
  const row: SpeakerRunRow = {
    id: newId('spk'),
    transcription_id: transcriptionId,
    account_id: ctx.accountId,
    asked_by: ctx.userId ?? ctx.keyId,
    speakers,
    state: 'queued',
    pct: 0,
    found: null,
    version: null,
    error_code: null,
    error_message: null,
    attempts: 0,
    next_at: now,
    ...freed,
    created_at: now,
    finished_at: null,
  }
  await deps.db.transaction().execute(async (tx) => {
    await requireFewOpen(tx, ctx.accountId)
    await tx
      .insertInto('speaker_runs')
      .values(row)
      .onConflict((c) => c.column('transcription_id').doUpdateSet(row))
      .execute()
  })
  deps.signals.publish('speakers.due', row.id)
  return row
}

/** @throws DomainError `media.missing` */
async function requireRecording(db: Db, transcription: TranscriptionRow): Promise<void> {
  const { media_id, account_id } = transcription
  const media =
    media_id !== null &&
    (await db
      .selectFrom('media')
      .select('id')
      .where('id', '=', media_id)
      .where('account_id', '=', account_id)
      .executeTakeFirst())
  if (!media) throw noRecording(transcription)
}

export const noRecording = ({
  link_platform: platform,
}: Pick<TranscriptionRow, 'link_platform'>): DomainError =>
  new DomainError(
    'media.missing',
    platform === null
      ? 'Speakers are told apart by their voices, and the recording is no longer stored here. Upload it again and transcribe it with `diarize`.'
      : `Speakers are told apart by their voices, and the recording is on ${PLATFORM_NAMES[platform as Platform]}, not here. Transcribe the link again with \`diarize\`.`,
  )

/** @throws DomainError `queue.share` */
async function requireFewOpen(tx: Tx, accountId: string): Promise<void> {
  const n = await countLocked(tx, accountId, 'speaker_runs', ['queued', 'running'])
  if (n >= MOST_OPEN)
    throw new DomainError(
      'queue.share',
      `The speakers of ${n} of your transcripts are being told apart already. Ask again when some are done.`,
      { retryAfter: 60 },
    )
}
