import type { Ctx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireScope } from '../keys/authenticate.ts'
import { accountsOf, type ConnectDeps, noAccount, refusedAs } from './accounts.ts'
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
  const row = (await accountsOf(db, ctx.accountId)).find((each) => each.id === id)
  if (!row) throw noAccount(id)
  const details = { reason: 'refused' }
  const secret = await secrets.open(row.secret, id).catch((cause: Error) => {
    throw new DomainError('post.account', cause.message, details, { cause })
  })
  const { platform, server, remote_id: remoteId } = row
  const known = await publisher
    .check({ platform, server, remoteId, secret }, signal)
    .catch(refusedAs(details))
  const found = { handle: known.handle, limits: JSON.stringify(known.limits) }
  await db.updateTable('post_accounts').set(found).where('id', '=', id).execute()
  return { ...row, ...found }
}
