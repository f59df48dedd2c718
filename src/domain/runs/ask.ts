import { PLATFORM_NAMES, type Platform } from '../../contract/platforms.ts'
import { countLocked } from '../accounts/lock.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { recordMade } from '../idempotency/claim.ts'
import { freed } from '../leases/lease.ts'
import { keepRows } from '../lock-rows.ts'
import type { MediaRow, Tables, TranscriptionRow, Tx } from '../tables.ts'
import { getTranscription, noText, notFound } from '../transcriptions/get.ts'
import type { RunTable } from './kinds.ts'
import type { RunRow } from './tables.ts'

type AskDeps = Pick<Deps, 'db' | 'clock'>

/** What a run reads. @throws DomainError `resource.not_found`, `transcription.no_text` */
export async function withText(
  deps: Pick<Deps, 'db'>,
  ctx: Ctx,
  transcriptionId: string,
): Promise<TranscriptionRow> {
  const transcription = await getTranscription(deps, ctx.accountId, transcriptionId)
  if (transcription.transcript === null) throw noText(transcription)
  return transcription
}

/** Undefined: it was read from a link and never stored, or it was removed. In a transaction, it stays until that ends. */
export const recordingOf = async (
  db: Deps['db'] | Tx,
  { media_id: id, account_id: accountId }: TranscriptionRow,
): Promise<MediaRow | undefined> =>
  id === null
    ? undefined
    : keepRows(
        db.selectFrom('media').selectAll().where('id', '=', id).where('account_id', '=', accountId),
      ).executeTakeFirst()

/**
 * @param what needs it
 * @param again what to do once it is here, or has been read again
 */
export const noRecording = (
  { link_platform: platform }: Pick<TranscriptionRow, 'link_platform'>,
  { what, again }: { what: string; again: { upload: string; link: string } },
): DomainError =>
  new DomainError(
    'media.missing',
    platform === null
      ? `${what}, and the recording is no longer stored here. ${again.upload}`
      : `${what}, and the recording is on ${PLATFORM_NAMES[platform as Platform]}, not here. ${again.link}`,
  )

/** A run that waits, with nothing done. */
export const newRun = (
  { clock }: Pick<Deps, 'clock'>,
  ctx: Ctx,
  transcriptionId: string,
  id: string,
): RunRow => {
  const now = clock.now()
  return {
    id,
    transcription_id: transcriptionId,
    account_id: ctx.accountId,
    asked_by: ctx.userId ?? ctx.keyId,
    state: 'queued',
    pct: 0,
    error_code: null,
    error_message: null,
    attempts: 0,
    next_at: now,
    ...freed,
    created_at: now,
    finished_at: null,
  }
}

/**
 * Takes the place of the run that the transcription has, whose claim is gone with it.
 * @param most that may be under way in an account
 * @param open what is said of `n` that are under way
 * @throws DomainError `queue.share`, `resource.not_found`; what `first` throws
 */
export async function orderRun<T extends RunTable>(
  { db }: AskDeps,
  ctx: Ctx,
  table: T,
  row: Tables[T],
  { most, open, first }: { most: number; open(n: number): string; first?(tx: Tx): Promise<void> },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const n = await countLocked(tx, row.account_id, table as 'speaker_runs', ['queued', 'running'])
    if (n >= most) throw new DomainError('queue.share', open(n), { retryAfter: 60 })
    await requireStill(tx, row.transcription_id)
    await first?.(tx)
    await tx
      // The types of one table stand for all that have the columns of a run.
      .insertInto(table as 'speaker_runs')
      .values(row as Tables['speaker_runs'])
      .onConflict((c) => c.column('transcription_id').doUpdateSet(row as Tables['speaker_runs']))
      .execute()
    await recordMade(tx, ctx, row.id)
  })
}

/** Somebody may have deleted it since it was read. */
async function requireStill(tx: Tx, id: string): Promise<void> {
  const there = await keepRows(
    tx.selectFrom('transcriptions').select('id').where('id', '=', id),
  ).executeTakeFirst()
  if (!there) throw notFound(id)
}
