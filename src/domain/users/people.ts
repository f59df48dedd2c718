import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Tx } from '../tables.ts'
import { checkPassword, hashPassword, passwordFits } from './rules.ts'
import type { InvitationRow, Role, UserRow } from './tables.ts'

type PeopleDeps = Pick<Deps, 'db' | 'clock'>

export const peopleOf = ({ db }: Pick<Deps, 'db'>, accountId: string): Promise<UserRow[]> =>
  db.selectFrom('users').selectAll().where('account_id', '=', accountId).orderBy('created_at').execute()

export const openInvitations = ({ db, clock }: PeopleDeps, accountId: string): Promise<InvitationRow[]> =>
  db
    .selectFrom('invitations')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', clock.now())
    .orderBy('created_at')
    .execute()

export async function withdrawInvitation({ db }: PeopleDeps, accountId: string, id: string): Promise<void> {
  await db.deleteFrom('invitations').where('id', '=', id).where('account_id', '=', accountId).execute()
}

/** @throws DomainError `request.invalid` where the account would be left without an owner */
export async function setRole(
  deps: PeopleDeps,
  { account_id: accountId, operator }: UserRow,
  id: string,
  role: Role,
): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    await requireMay(tx, operator === 1, accountId, id)
    await tx
      .updateTable('users')
      .set({ role })
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .execute()
    await requireOwnerLeft(tx, accountId)
  })
}

/**
 * Takes somebody's login away; what they transcribed stays in the account.
 * @param by who asks
 * @throws DomainError `role.forbidden`, `request.invalid`, `resource.not_found`
 */
export async function removePerson(
  deps: PeopleDeps,
  { account_id: accountId, operator }: UserRow,
  id: string,
): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    await requireMay(tx, operator === 1, accountId, id)
    const removed = await tx
      .deleteFrom('users')
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    if (removed.numDeletedRows === 0n)
      throw new DomainError('resource.not_found', 'There is no such person in your account.')
    await requireOwnerLeft(tx, accountId)
    await requireOperatorLeft(tx)
  })
}

/** An operator looks after the whole installation: owners of one account, perhaps a customer's, have no say. */
async function requireMay(tx: Tx, byOperator: boolean, accountId: string, id: string): Promise<void> {
  if (byOperator) return
  const person = await tx
    .selectFrom('users')
    .select('operator')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  if (person?.operator === 1)
    throw new DomainError('role.forbidden', 'Only an operator of this server may do this to an operator.')
}

/** Two operators who remove each other at the same time: the database's transactions let one of them through. */
async function requireOperatorLeft(tx: Tx): Promise<void> {
  const operators = await tx
    .updateTable('users')
    .set({ operator: 1 })
    .where('operator', '=', 1)
    .returning('id')
    .execute()
  if (operators.length > 0) return
  const anybody = await tx.selectFrom('users').select('id').limit(1).executeTakeFirst()
  if (anybody)
    throw new DomainError('request.invalid', 'The server needs an operator. Invite another one first.', {
      field: 'operator',
      reason: 'last_operator',
    })
}

async function requireOwnerLeft(db: Deps['db'], accountId: string): Promise<void> {
  const owner = await db
    .selectFrom('users')
    .select('id')
    .where('account_id', '=', accountId)
    .where('role', '=', 'owner')
    .limit(1)
    .executeTakeFirst()
  if (!owner)
    throw new DomainError('request.invalid', 'An account needs an owner. Make somebody else one first.', {
      field: 'role',
      reason: 'last_owner',
    })
}

/** @throws DomainError `login.failed` for a wrong current password */
export async function changePassword(
  { db }: PeopleDeps,
  user: UserRow,
  { current, next }: { current: string; next: string },
): Promise<void> {
  if (user.password_hash !== null && !(await passwordFits(current, user.password_hash)))
    throw new DomainError('login.failed', 'Your current password is another one.', { field: 'current' })
  checkPassword(next, user.email)
  const password_hash = await hashPassword(next)
  await db.updateTable('users').set({ password_hash }).where('id', '=', user.id).execute()
}
