import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import { getTranscription, noText } from '../transcriptions/get.ts'
import { hashToken, makeToken } from '../users/rules.ts'
import type { ShareRow } from '../users/tables.ts'

/**
 * Makes a link for readers. Its token is returned this once and kept nowhere.
 * @param expiresAt epoch milliseconds; undefined: it works until it is revoked
 * @throws DomainError `resource.not_found`, `transcription.no_text`, `request.invalid`, `key.scope`
 */
export async function createShare(
  deps: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  { transcriptionId, expiresAt }: { transcriptionId: string; expiresAt?: number | undefined },
): Promise<{ token: string; share: ShareRow }> {
  requireScope(ctx, 'transcribe')
  const transcription = await getTranscription(deps, ctx.accountId, transcriptionId)
  const { id } = transcription
  if (transcription.transcript === null) throw noText(transcription)
  const now = deps.clock.now()
  if (expiresAt !== undefined && expiresAt <= now)
    throw new DomainError('request.invalid', 'expiresAt: it must lie in the future', {
      field: 'expiresAt',
      reason: 'past',
    })
  const token = makeToken()
  const share: ShareRow = {
    id: newId('share'),
    account_id: ctx.accountId,
    transcription_id: id,
    hash: hashToken(token),
    created_by: ctx.keyId,
    created_at: now,
    last_opened_at: null,
    revoked_at: null,
    expires_at: expiresAt ?? null,
  }
  await deps.db.insertInto('shares').values(share).execute()
  return { token, share }
}
