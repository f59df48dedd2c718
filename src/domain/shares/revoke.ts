import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireScope } from '../keys/authenticate.ts'

/** Ends a link at once. Ending it again changes nothing. @throws DomainError `resource.not_found`, `key.scope` */
export async function revokeShare(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  { transcriptionId, shareId }: { transcriptionId: string; shareId: string },
): Promise<void> {
  requireScope(ctx, 'transcribe')
  const row = await db
    .updateTable('shares')
    .set((eb) => ({ revoked_at: eb.fn.coalesce('revoked_at', eb.val(clock.now())) }))
    .where('id', '=', shareId)
    .where('transcription_id', '=', transcriptionId)
    .where('account_id', '=', ctx.accountId)
    .returning('id')
    .executeTakeFirst()
  if (!row) throw new DomainError('resource.not_found', `There is no share ${shareId} of this transcription.`)
}
