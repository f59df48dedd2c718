import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { checkPassword, cleanEmail, hashPassword, hashToken } from './rules.ts'
import type { InvitationRow, UserRow } from './tables.ts'

type PeopleDeps = Pick<Deps, 'db' | 'clock'>

/** @throws DomainError `invitation.invalid` where it is unknown, used, or too old */
export async function readInvitation({ db, clock }: PeopleDeps, token: string): Promise<InvitationRow> {
  const row = await db
    .selectFrom('invitations')
    .selectAll()
    .where('hash', '=', hashToken(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', clock.now())
    .executeTakeFirst()
  if (!row) throw spent()
  return row
}

const spent = (): DomainError =>
  new DomainError(
    'invitation.invalid',
    'This link was used already, or is too old. Ask for a new one; the first start prints one again as long as nobody has a login.',
  )

export interface Join {
  token: string
  email: string
  name: string
  password: string
  /** Whom a trusted proxy says to have logged in. */
  vouched?: string | undefined
}

/** Makes the login that a link promises. The link works once, whoever else uses it at the same time. */
export async function join(deps: PeopleDeps, input: Join): Promise<UserRow> {
  const invitation = await readInvitation(deps, input.token)
  const email = addressOf(invitation, input)
  // Whom the proxy logs in needs no password here.
  const byProxy = input.vouched !== undefined && input.password === ''
  if (!byProxy) checkPassword(input.password, email)
  return become(deps, invitation, {
    email,
    proved: input.vouched === email || (await operatorAnswers(deps, invitation, email)),
    name: input.name,
    passwordHash: byProxy ? null : await hashPassword(input.password),
  })
}

/** Behind a proxy that logs people in, an address is what the proxy says, and no other. */
function addressOf({ email: invited }: InvitationRow, { email, vouched }: Join): string {
  if (vouched === undefined) return invited ?? cleanEmail(email)
  if (invited !== null && invited !== vouched)
    throw new DomainError('invitation.invalid', 'This link is for somebody else’s e-mail address.')
  return vouched
}

/** An operator invited this very address, or the person to be an operator. */
async function operatorAnswers(
  { db }: PeopleDeps,
  { email: invited, operator, invited_by }: InvitationRow,
  email: string,
): Promise<boolean> {
  if (operator === 1) return true
  return invited === email && (await isByOperator(db, invited_by))
}

/** Null: from the operator's area, or the command line. */
export async function isByOperator(db: Deps['db'], invitedBy: string | null): Promise<boolean> {
  if (invitedBy === null) return true
  const user = await db.selectFrom('users').select('operator').where('id', '=', invitedBy).executeTakeFirst()
  return user?.operator === 1
}

/** Uses up the invitation and makes the user in one transaction. */
export function become(
  { db, clock }: PeopleDeps,
  invitation: InvitationRow,
  person: { email: string; proved: boolean; name: string; passwordHash: string | null },
): Promise<UserRow> {
  return db.transaction().execute(async (tx) => {
    const now = clock.now()
    const used = await tx
      .updateTable('invitations')
      .set({ used_at: now })
      .where('id', '=', invitation.id)
      .where('used_at', 'is', null)
      .executeTakeFirst()
    if (used.numUpdatedRows !== 1n) throw spent()
    const taken = await tx
      .selectFrom('users')
      .select('id')
      .where('email', '=', person.email)
      .executeTakeFirst()
    if (taken)
      throw new DomainError(
        'request.invalid',
        'Somebody with this e-mail address has a login already. Log in, or use another address.',
        { field: 'email', reason: 'taken' },
      )
    const user: UserRow = {
      id: newId('user'),
      account_id: invitation.account_id,
      email: person.email,
      email_proved: person.proved ? 1 : 0,
      name: person.name.trim().slice(0, 100) || (person.email.split('@')[0] ?? ''),
      password_hash: person.passwordHash,
      role: invitation.role,
      operator: invitation.operator,
      created_at: now,
      last_login_at: null,
    }
    await tx.insertInto('users').values(user).execute()
    return user
  })
}
