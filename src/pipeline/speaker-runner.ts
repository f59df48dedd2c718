/** Tells the speakers of transcripts apart anew, from their recordings. */
import { DomainError } from '../domain/errors.ts'
import type { Claimed } from '../domain/leases/due.ts'
import { Lost } from '../domain/leases/lease.ts'
import { whileHeld } from '../domain/leases/while-held.ts'
import { getMedia } from '../domain/media/get.ts'
import { noRecording } from '../domain/speaker-runs/ask.ts'
import type { SpeakerRunRow } from '../domain/speaker-runs/tables.ts'
import {
  claimSpeakerRun,
  failSpeakerRun,
  giveBackSpeakerRun,
  noteSpeakerPct,
  saveSpeakers,
  transcriptionOf,
} from '../domain/speaker-runs/work.ts'
import type { TranscriptionRow } from '../domain/tables.ts'
import { workFailure } from '../domain/transcriptions/failures.ts'
import type { Turn } from '../ports/diarizer.ts'
import { SAMPLE_RATE } from '../ports/engine.ts'
import { MediaMissing } from '../ports/media-store.ts'
import type { PipelineDeps } from './context.ts'
import { decode } from './decode.ts'
import { outageOf } from './outages.ts'
import { unlessAborted } from './unless-aborted.ts'
import { whenDue } from './when-due.ts'

/** Deaths of a worker, after which it is given up. */
const MOST_ATTEMPTS = 5
/** What is away, or full, may be so for a while. */
const OUTAGE_MS = 5000
/** How often is said how far it is. */
const SAY_MS = 1000

export function startSpeakerRunner(deps: PipelineDeps): { stop(): Promise<void> } {
  return whenDue(deps.signals, {
    topic: 'speakers.due',
    everyMs: 2000,
    // The models hear one block after the other, whoever asks.
    atOnce: 1,
    claim: async () => (deps.diarizer.available() ? claimSpeakerRun(deps) : undefined),
    run: (claimed, stopping) =>
      runClaimed(deps, claimed, stopping).catch((err: unknown) =>
        deps.logger.error({ err, transcription: claimed.row.transcription_id }, 'speakers: not stored'),
      ),
    failed: (err) => deps.logger.error({ err }, 'cannot look for speakers to tell apart'),
  })
}

const runClaimed = (
  deps: PipelineDeps,
  { row, lease }: Claimed<SpeakerRunRow>,
  stopping: AbortSignal,
): Promise<void> =>
  whileHeld(deps, lease, async (lost) => {
    const signal = AbortSignal.any([stopping, lost])
    try {
      if (row.attempts > MOST_ATTEMPTS) throw lostTooOften()
      const turns = await turnsIn(deps, row, signal)
      await saveSpeakers(deps, row, turns)
      deps.logger.info({ transcription: row.transcription_id }, 'speakers told apart')
    } catch (cause) {
      if (cause instanceof Lost || lost.aborted) return
      await settle(deps, row, cause, stopping.aborted).catch((error: unknown) => {
        if (!(error instanceof Lost)) throw error
      })
    }
  })

async function settle(
  deps: PipelineDeps,
  row: SpeakerRunRow,
  cause: unknown,
  stopping: boolean,
): Promise<void> {
  if (stopping) return giveBackSpeakerRun(deps, row, 0)
  // Its lease will run out, and then it begins again.
  if (deps.databaseAway(cause)) return
  const log = deps.logger.child({ transcription: row.transcription_id })
  if (outageOf(deps, cause)) {
    log.warn({ err: cause }, 'the speakers cannot be told apart at the moment; it is tried again')
    return giveBackSpeakerRun(deps, row, OUTAGE_MS)
  }
  const failure = workFailure(cause)
  if (failure.code === 'internal') log.error({ err: cause }, 'the speakers were not told apart')
  else log.warn({ code: failure.code }, 'the speakers were not told apart')
  await failSpeakerRun(deps, row, failure)
}

/** Who speaks when. @throws DomainError, MediaError, EngineError, Lost, the signal's reason */
async function turnsIn(deps: PipelineDeps, row: SpeakerRunRow, signal: AbortSignal): Promise<Turn[]> {
  const transcription = await transcriptionOf(deps, row)
  const file = await recordingOf(deps, transcription, signal)
  const voices = deps.diarizer.open([], row.speakers ?? undefined)
  try {
    const said = saysHowFar(deps, row, transcription)
    const probed = deps.probe(file.path, signal)
    const { track } = JSON.parse(transcription.sound ?? '{}') as { track?: number }
    for await (const pcm of decode(file.path, { signal, probed, track })) {
      await unlessAborted(voices.push(pcm), signal)
      await said(pcm.length)
    }
    return await unlessAborted(voices.end(), signal)
  } finally {
    voices.close()
    await file.release()
  }
}

/** @throws DomainError `media.missing`: it was removed meanwhile */
async function recordingOf(
  deps: PipelineDeps,
  transcription: TranscriptionRow,
  signal: AbortSignal,
): Promise<{ path: string; release(): Promise<void> }> {
  try {
    const { account_id: accountId, media_id: mediaId } = transcription
    const { storage_key: key } = await getMedia(deps, accountId, mediaId ?? '')
    return await deps.media.local(key, signal)
  } catch (cause) {
    if (cause instanceof MediaMissing || (cause as DomainError).code === 'resource.not_found')
      throw noRecording(transcription)
    throw cause
  }
}

/** Tells now and then how much of the recording has been listened to. */
function saysHowFar(
  deps: PipelineDeps,
  row: SpeakerRunRow,
  { duration_ms: length }: TranscriptionRow,
): (samples: number) => Promise<void> {
  let heard = 0
  let saidAt = performance.now()
  return async (samples) => {
    heard += samples
    if (!length || performance.now() - saidAt < SAY_MS) return
    saidAt = performance.now()
    const pct = Math.min(99, Math.floor((heard / SAMPLE_RATE / (length / 1000)) * 100))
    await noteSpeakerPct(deps, row, pct)
  }
}

const lostTooOften = (): DomainError =>
  new DomainError('transcription.lost', 'The server died several times while it told the speakers apart.')
