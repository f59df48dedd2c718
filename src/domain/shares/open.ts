import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { TranscriptionRow } from '../tables.ts'
import { getTranscription } from '../transcriptions/get.ts'
import { hashToken } from '../users/rules.ts'

/** `last_opened_at` is for people: a write a minute is enough. */
const OPENED_STEP_MS = 60_000

/** What a link leads to. @throws DomainError `share.revoked`, also where it has expired or never was */
export async function openShare(deps: Pick<Deps, 'db' | 'clock'>, token: string): Promise<TranscriptionRow> {
  const now = deps.clock.now()
  const share = await deps.db
    .selectFrom('shares')
    .selectAll()
    .where('hash', '=', hashToken(token))
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst()
  if (!share)
    throw new DomainError('share.revoked', 'This link no longer works. Ask whoever sent it for a new one.')
  if (now - (share.last_opened_at ?? 0) > OPENED_STEP_MS)
    await deps.db.updateTable('shares').set({ last_opened_at: now }).where('id', '=', share.id).execute()
  return getTranscription(deps, share.account_id, share.transcription_id)
}
