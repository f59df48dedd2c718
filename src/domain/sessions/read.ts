import type { Deps } from '../context.ts'
import { hashToken, makeToken } from '../users/rules.ts'
import type { SessionRow, UserRow } from '../users/tables.ts'
import { GRACE_MS, IDLE_MS, ROTATE_MS, SEEN_STEP_MS } from './rules.ts'

type SessionDeps = Pick<Deps, 'db' | 'clock'>

export interface Visit {
  user: UserRow
  session: SessionRow
  /** A fresh token for the cookie, now and then. */
  renewed?: string
}

/** Who a cookie belongs to. Undefined: nobody, or the session has ended. */
export async function readSession({ db, clock }: SessionDeps, token: string): Promise<Visit | undefined> {
  const hash = hashToken(token)
  const now = clock.now()
  const session = await db
    .selectFrom('sessions')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('hash', '=', hash),
        eb.and([eb('previous_hash', '=', hash), eb('rotated_at', '>', now - GRACE_MS)]),
      ]),
    )
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', now - IDLE_MS)
    .executeTakeFirst()
  if (!session) return undefined
  const user = await db.selectFrom('users').selectAll().where('id', '=', session.user_id).executeTakeFirst()
  if (!user) return undefined
  const current = session.hash === hash
  if (current && now - session.rotated_at > ROTATE_MS) {
    const renewed = await rotate(db, session, now)
    return { user, session, ...(renewed && { renewed }) }
  }
  if (now - session.last_seen_at > SEEN_STEP_MS)
    await db.updateTable('sessions').set({ last_seen_at: now }).where('id', '=', session.id).execute()
  return { user, session }
}

/** Of two requests that come at once, one rotates; the other goes on with the old token for a moment. */
async function rotate(db: Deps['db'], session: SessionRow, now: number): Promise<string | undefined> {
  const token = makeToken()
  const result = await db
    .updateTable('sessions')
    .set({ hash: hashToken(token), previous_hash: session.hash, rotated_at: now, last_seen_at: now })
    .where('id', '=', session.id)
    .where('hash', '=', session.hash)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n ? token : undefined
}
