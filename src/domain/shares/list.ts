import type { Ctx, Deps } from '../context.ts'
import { requireScope } from '../keys/authenticate.ts'
import { getTranscription } from '../transcriptions/get.ts'
import type { ShareRow } from '../users/tables.ts'

/** The links that work, the newest first. @throws DomainError `resource.not_found`, `key.scope` */
export async function listShares(
  deps: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  transcriptionId: string,
): Promise<ShareRow[]> {
  requireScope(ctx, 'transcribe')
  const { id } = await getTranscription(deps, ctx.accountId, transcriptionId)
  return deps.db
    .selectFrom('shares')
    .selectAll()
    .where('transcription_id', '=', id)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', deps.clock.now())]))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
}
