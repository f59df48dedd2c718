/** The work on a run: who claims it listens to the recording, and then names everybody in the transcript as it is by then. */
import { sql } from 'kysely'
import type { Turn } from '../../ports/diarizer.ts'
import type { Deps } from '../context.ts'
import type { DomainError } from '../errors.ts'
import { type Claimed, claimDue, stillHeld } from '../leases/due.ts'
import { databaseIn, freed, setHeld } from '../leases/lease.ts'
import type { TranscriptionRow } from '../tables.ts'
import { getTranscription } from '../transcriptions/get.ts'
import { type EditDeps, lockAsSeen, saveVersion, see } from '../transcriptions/save-version.ts'
import type { SpeakerRunRow } from './tables.ts'

type RunDeps = Pick<Deps, 'db' | 'clock'>

const LEASE_MS = 15_000

/** Claims what has waited the longest. Undefined: there is nothing to do. */
export const claimSpeakerRun = ({ db }: Pick<Deps, 'db'>): Promise<Claimed<SpeakerRunRow> | undefined> =>
  claimDue(db, 'speaker_runs', {
    open: sql`state in ('queued', 'running')`,
    leaseMs: LEASE_MS,
    set: { state: sql`'running'`, attempts: sql`attempts + 1` },
  })

/** @throws DomainError `resource.not_found` */
export const transcriptionOf = (deps: RunDeps, row: SpeakerRunRow): Promise<TranscriptionRow> =>
  getTranscription(deps, row.account_id, row.transcription_id)

/** So much has been listened to. What starts over says so when it is beyond where it was. @throws Lost */
export async function noteSpeakerPct({ db }: RunDeps, row: SpeakerRunRow, pct: number): Promise<void> {
  await setHeld(db, 'speaker_runs', row.lease_token, {
    pct: sql<number>`case when pct > ${pct} then pct else ${pct} end`,
  })
}

/**
 * Names everybody in the transcript and ends the run, in one transaction. What was edited meanwhile is kept.
 * @throws DomainError `resource.not_found`, Lost
 */
export async function saveSpeakers(
  { db, clock, texts }: EditDeps,
  row: SpeakerRunRow,
  turns: readonly Turn[],
): Promise<void> {
  const { transcription_id: id, account_id: accountId, asked_by: keyId } = row
  for (;;) {
    const seen = await see(db, accountId, id)
    const { edited, speakers } = await texts.withSpeakers(seen.title, seen.stored!, turns)
    const done = await db.transaction().execute(async (tx) => {
      if (!(await lockAsSeen(tx, accountId, id, seen))) return false
      await stillHeld(tx, 'speaker_runs', row)
      const version = seen.version + 1
      if (edited)
        await saveVersion(
          tx,
          clock.now(),
          { ctx: { accountId, keyId }, id, version, changeId: row.id },
          edited,
        )
      await setHeld(tx, 'speaker_runs', row.lease_token, {
        ...freed,
        state: 'succeeded',
        pct: 100,
        found: speakers,
        version: edited ? version : null,
        finished_at: clock.now(),
      })
      return true
    })
    if (done) return
  }
}

export async function failSpeakerRun(
  { db, clock }: RunDeps,
  row: SpeakerRunRow,
  { code, message }: Pick<DomainError, 'code' | 'message'>,
): Promise<void> {
  const failure = { error_code: code, error_message: message, finished_at: clock.now() }
  await setHeld(db, 'speaker_runs', row.lease_token, { ...freed, state: 'failed', ...failure })
}

/** Nothing is wrong with the work: it begins again, here or elsewhere, in so many milliseconds. */
export async function giveBackSpeakerRun({ db }: RunDeps, row: SpeakerRunRow, ms: number): Promise<void> {
  await setHeld(db, 'speaker_runs', row.lease_token, {
    ...freed,
    state: 'queued',
    attempts: row.attempts - 1,
    next_at: databaseIn(ms),
  })
}
