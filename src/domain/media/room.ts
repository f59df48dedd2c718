import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'

/** Refuses what the account has no room for. @param bytes 0: only where there is no room at all */
export async function requireRoom(
  { db, policy }: Pick<Deps, 'db' | 'policy'>,
  ctx: Ctx,
  bytes: number,
): Promise<void> {
  if (policy.maxAccountBytes === 0) return
  const { used } = await db
    .selectFrom('media')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number | string>('bytes'), eb.lit(0)).as('used'))
    .where('account_id', '=', ctx.accountId)
    .executeTakeFirstOrThrow()
  if (Number(used) + bytes <= policy.maxAccountBytes) return
  throw new DomainError('storage.full', 'Your media library is full. Remove files that you no longer need.', {
    usedBytes: Number(used),
    maxBytes: policy.maxAccountBytes,
  })
}

const NO_ROOM = new Set(['ENOSPC', 'EDQUOT'])

/** A full disk is nobody's mistake in the request, and says so. */
export function storageFailure(cause: unknown): unknown {
  return NO_ROOM.has((cause as NodeJS.ErrnoException).code ?? '')
    ? new DomainError('storage.full', 'The server has no room left for media.', {}, { cause })
    : cause
}
