import { PublishError } from '../../ports/publisher.ts'
import type { Ctx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireScope } from '../keys/authenticate.ts'
import type { ConnectDeps } from './accounts.ts'
import type { PostAccountRow } from './tables.ts'

/**
 * Asks the platform whether an account can be posted to, and notes how long a post may be there now. A webhook is sent
 * a signed `post.test`. @throws DomainError `resource.not_found`, `post.account`
 */
export async function checkPostAccount(
  { db, publisher, secrets }: Omit<ConnectDeps, 'clock'>,
  ctx: Ctx,
  id: string,
  signal: AbortSignal,
): Promise<PostAccountRow> {
  requireScope(ctx, 'posts')
  const row = await db
    .selectFrom('post_accounts')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', ctx.accountId)
    .executeTakeFirst()
  if (!row) throw new DomainError('resource.not_found', `There is no account ${id} to post to.`)
  const refused = (cause: Error): never => {
    throw new DomainError('post.account', cause.message, { reason: 'refused' }, { cause })
  }
  const secret = await secrets.open(row.secret, id).catch(refused)
  const { platform, server, remote_id: remoteId } = row
  const known = await publisher
    .check({ platform, server, remoteId, secret }, signal)
    .catch((cause: unknown) => {
      if (!(cause instanceof PublishError)) throw cause
      return refused(cause)
    })
  const found = { handle: known.handle, limits: JSON.stringify(known.limits) }
  await db.updateTable('post_accounts').set(found).where('id', '=', id).execute()
  return { ...row, ...found }
}
