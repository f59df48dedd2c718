import { sql } from 'kysely'
import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { userByEmail } from '../users/invite.ts'
import { become, isByOperator } from '../users/join.ts'
import { passwordFits } from '../users/rules.ts'
import type { UserRow } from '../users/tables.ts'
import { openSession, type Visitor } from './open.ts'
import { FORGET_MS, throttleKeys, waitAfter } from './rules.ts'

type SessionDeps = Pick<Deps, 'db' | 'clock'>

/** @throws DomainError `login.failed`, `login.throttled` with `retryAfterSeconds` */
export async function logIn(
  deps: SessionDeps,
  input: { email: string; password: string },
  visitor: Visitor,
): Promise<{ token: string; user: UserRow }> {
  const email = input.email.trim().toLowerCase().slice(0, 254)
  // Counted before the slow check, so that many tries at once are counted as many.
  const user = await withPatience(deps, email, visitor.address, async () => {
    const found = await userByEmail(deps, email)
    if (!(await passwordFits(input.password, found?.password_hash ?? null)) || !found)
      throw new DomainError('login.failed', 'This e-mail address and password do not belong together.')
    return found
  })
  const { token } = await openSession(deps, user.id, visitor)
  return { token, user }
}

/**
 * Somebody whom a trusted proxy has logged in. They must have a login under that address, or an operator's
 * invitation; whoever else invites sends a link. A login that only claims the address gives it back: its owner must
 * not land in a stranger's account, nor a stranger be taken for its owner.
 * @throws DomainError `login.failed`
 */
export async function logInByProxy(deps: SessionDeps, email: string, visitor: Visitor): Promise<string> {
  const address = email.trim().toLowerCase()
  const known = await userByEmail(deps, address)
  if (known && known.email_proved === 0) await giveBack(deps, known)
  const user = known?.email_proved === 1 ? known : await invited(deps, address)
  if (!user)
    throw new DomainError(
      'login.failed',
      `Nobody has invited ${address} yet. Open the link of your invitation, or ask an owner for one.`,
    )
  return (await openSession(deps, user.id, visitor)).token
}

async function giveBack({ db }: SessionDeps, { id }: UserRow): Promise<void> {
  await db
    .updateTable('users')
    .set({ email: `${id}@unproved.invalid` })
    .where('id', '=', id)
    .execute()
  await db.deleteFrom('sessions').where('user_id', '=', id).execute()
}

async function invited(deps: SessionDeps, email: string): Promise<UserRow | undefined> {
  const invitations = await deps.db
    .selectFrom('invitations')
    .selectAll()
    .where('email', '=', email)
    .where('used_at', 'is', null)
    .where('expires_at', '>', deps.clock.now())
    .orderBy('created_at')
    .execute()
  for (const invitation of invitations)
    if (await isByOperator(deps.db, invitation.invited_by))
      return become(deps, invitation, { email, proved: true, name: '', passwordHash: null })
  return undefined
}

/** Whatever tries a password of somebody who is logged in: waits and counts as a login does. */
export async function withPatience<T>(
  deps: SessionDeps,
  email: string,
  address: string,
  attempt: () => Promise<T>,
): Promise<T> {
  await requirePatience(deps, email, address)
  await countFailure(deps, email, address)
  const done = await attempt()
  await forgetFailures(deps, email, address)
  return done
}

async function requirePatience({ db, clock }: SessionDeps, email: string, address: string): Promise<void> {
  const now = clock.now()
  for (const [kind, key] of throttleKeys(email, address)) {
    const row = await db.selectFrom('login_failures').selectAll().where('key', '=', key).executeTakeFirst()
    const retryAfterSeconds = row ? Math.ceil(waitAfter(kind, row, now) / 1000) : 0
    if (retryAfterSeconds > 0)
      throw new DomainError(
        'login.throttled',
        `Too many tries. Wait ${retryAfterSeconds} seconds before the next one.`,
        { retryAfterSeconds },
      )
  }
}

async function countFailure({ db, clock }: SessionDeps, email: string, address: string): Promise<void> {
  const now = clock.now()
  await db
    .deleteFrom('login_failures')
    .where('last_at', '<', now - FORGET_MS)
    .execute()
  for (const [, key] of throttleKeys(email, address))
    await db
      .insertInto('login_failures')
      .values({ key, failures: 1, last_at: now })
      .onConflict((c) =>
        c.column('key').doUpdateSet({ failures: sql`login_failures.failures + 1`, last_at: now }),
      )
      .execute()
}

async function forgetFailures({ db }: SessionDeps, email: string, address: string): Promise<void> {
  const [[, pair], [, from], [, person]] = throttleKeys(email, address) as [
    [string, string],
    [string, string],
    [string, string],
  ]
  await db.deleteFrom('login_failures').where('key', 'in', [pair, person]).execute()
  // An address may be many people's: one's success takes back one's own try only.
  await db
    .updateTable('login_failures')
    .set({ failures: sql`failures - 1` })
    .where('key', '=', from)
    .execute()
}
