import type { Turn } from '../../ports/diarizer.ts'
import { stillHeld } from '../leases/due.ts'
import { freed, setHeld } from '../leases/lease.ts'
import { type EditDeps, lockAsSeen, saveVersion, see } from '../transcriptions/save-version.ts'
import type { SpeakerRunRow } from './tables.ts'

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
