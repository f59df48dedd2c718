import { isNoRoom } from '../../ports/no-room.ts'
import { lockAccount } from '../accounts/lock.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Db, Tx } from '../tables.ts'

/**
 * Refuses what the account has no room for, which media, videos with subtitles and the earlier versions of edited transcripts share. Room that
 * unfinished uploads asked for is theirs.
 * @param bytes 0: only where there is no room at all
 * @param uploadId the upload that is asking, if it is one
 */
export async function requireRoom(
  { db, clock, policy }: Pick<Deps, 'clock' | 'policy'> & { db: Db | Tx },
  ctx: Pick<Ctx, 'accountId'>,
  bytes: number,
  uploadId = '',
): Promise<void> {
  if (policy.maxAccountBytes === 0) return
  const { used } = await db
    .selectFrom('media')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number | string>('bytes'), eb.lit(0)).as('used'))
    .where('account_id', '=', ctx.accountId)
    .executeTakeFirstOrThrow()
  const { promised } = await db
    .selectFrom('uploads')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number | string>('bytes'), eb.lit(0)).as('promised'))
    .where('account_id', '=', ctx.accountId)
    .where('media_id', 'is', null)
    .where('error_code', 'is', null)
    .where('expires_at', '>', clock.now())
    .where('id', '<>', uploadId)
    .executeTakeFirstOrThrow()
  const { history } = await db
    .selectFrom('transcript_edits')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number | string>('history_bytes'), eb.lit(0)).as('history'))
    .where('account_id', '=', ctx.accountId)
    .executeTakeFirstOrThrow()
  const { videos } = await db
    .selectFrom('videos')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number | string>('bytes'), eb.lit(0)).as('videos'))
    .where('account_id', '=', ctx.accountId)
    .executeTakeFirstOrThrow()
  const usedBytes = Number(used) + Number(promised) + Number(history) + Number(videos)
  if (usedBytes + bytes <= policy.maxAccountBytes) return
  throw new DomainError(
    'storage.full',
    'Your account has no room left. Remove files, or edited transcripts, that you no longer need.',
    {
      usedBytes,
      maxBytes: policy.maxAccountBytes,
    },
  )
}

/**
 * The same in the transaction that takes the room: requests at the same time wait for each other, so that together
 * they take no more than there is.
 */
export async function takeRoom(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'policy'>,
  ctx: Pick<Ctx, 'accountId'>,
  bytes: number,
  uploadId?: string,
): Promise<void> {
  if (deps.policy.maxAccountBytes === 0) return
  await lockAccount(tx, ctx.accountId)
  await requireRoom({ ...deps, db: tx }, ctx, bytes, uploadId)
}

/** Refuses what the server has no room for, before it is sent. */
export async function requireDisk({ media }: Pick<Deps, 'media'>, bytes: number): Promise<void> {
  const free = await media.free()
  // Its pieces, and the file that is made of them.
  if (free !== undefined && free < 2 * bytes) throw full()
}

/** A full disk is nobody's mistake in the request, and says so. */
export const storageFailure = (cause: unknown): unknown =>
  isNoRoom(cause) && !(cause instanceof DomainError) ? full({ cause }) : cause

const full = (options?: ErrorOptions): DomainError =>
  new DomainError('storage.full', 'The server has no room left for media.', {}, options)
