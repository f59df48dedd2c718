import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { cleanEmail, hashToken, makeToken } from './rules.ts'
import type { InvitationRow, Role, UserRow } from './tables.ts'

type PeopleDeps = Pick<Deps, 'db' | 'clock'>

const DAY_MS = 24 * 3_600_000
const INVITATION_MS = 7 * DAY_MS

export interface NewInvitation {
  accountId: string
  email?: string | undefined
  role: Role
  operator?: boolean
  invitedBy?: string
}

/** Makes a link's token, which is shown once; it works once, within a week. */
export async function invite(
  { db, clock }: PeopleDeps,
  { accountId, email, role, operator = false, invitedBy }: NewInvitation,
): Promise<{ token: string; invitation: InvitationRow }> {
  const address = email ? cleanEmail(email) : null
  // Of other accounts nothing is told: whoever has a login there is refused when the link is used.
  if (address && (await userByEmail({ db }, address))?.account_id === accountId)
    throw new DomainError('request.invalid', 'Somebody with this e-mail address is in the account already.', {
      field: 'email',
      reason: 'taken',
    })
  const token = makeToken()
  const now = clock.now()
  const invitation: InvitationRow = {
    id: newId('inv'),
    account_id: accountId,
    email: address,
    role,
    operator: operator ? 1 : 0,
    hash: hashToken(token),
    invited_by: invitedBy ?? null,
    created_at: now,
    expires_at: now + INVITATION_MS,
    used_at: null,
  }
  await db.insertInto('invitations').values(invitation).execute()
  return { token, invitation }
}

export const userByEmail = ({ db }: Pick<Deps, 'db'>, email: string): Promise<UserRow | undefined> =>
  db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst()

/**
 * While nobody is operator, the token of a link that makes one: owner of the first account, and operator. Each call
 * ends the link before it. Undefined: somebody is operator already.
 */
export async function ownerToken(deps: PeopleDeps): Promise<string | undefined> {
  const somebody = await deps.db
    .selectFrom('users')
    .select('id')
    .where('operator', '=', 1)
    .limit(1)
    .executeTakeFirst()
  return somebody ? undefined : operatorToken(deps)
}

/** The same, whoever is operator: for whoever has the server's own command line. Undefined: there is no account. */
export async function operatorToken(deps: PeopleDeps): Promise<string | undefined> {
  const account = await deps.db
    .selectFrom('accounts')
    .select('id')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  if (!account) return undefined
  await deps.db
    .deleteFrom('invitations')
    .where('operator', '=', 1)
    .where('invited_by', 'is', null)
    .where('used_at', 'is', null)
    .execute()
  const { token } = await invite(deps, { accountId: account.id, role: 'owner', operator: true })
  return token
}
