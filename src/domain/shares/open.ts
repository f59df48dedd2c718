import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { TranscriptionRow } from '../tables.ts'
import { getTranscription } from '../transcriptions/get.ts'
import { hashToken } from '../users/rules.ts'

/** `last_opened_at` is for people: a write a minute is enough. */
const OPENED_STEP_MS = 60_000

/** What a link leads to. @throws DomainError `share.revoked`, also where it has expired or never was, and while the transcript lies in the bin */
export async function openShare(deps: Pick<Deps, 'db' | 'clock'>, token: string): Promise<TranscriptionRow> {
  const now = deps.clock.now()
  const share = await deps.db
    .selectFrom('shares')
    .selectAll()
    .where('hash', '=', hashToken(token))
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst()
  if (!share) throw noLonger()
  if (now - (share.last_opened_at ?? 0) > OPENED_STEP_MS)
    await deps.db.updateTable('shares').set({ last_opened_at: now }).where('id', '=', share.id).execute()
  const row = await getTranscription(deps, share.account_id, share.transcription_id)
  if (row.binned_at !== null) throw noLonger()
  return row
}

const noLonger = (): DomainError =>
  new DomainError('share.revoked', 'This link no longer works. Ask whoever sent it for a new one.')
