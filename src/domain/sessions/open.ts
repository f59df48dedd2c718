import type { Deps } from '../context.ts'
import { newId } from '../ids.ts'
import { hashToken, makeToken } from '../users/rules.ts'
import type { SessionRow } from '../users/tables.ts'
import { LIFE_MS } from './rules.ts'

type SessionDeps = Pick<Deps, 'db' | 'clock'>

export interface Visitor {
  userAgent: string
  address: string
}

/** Begins a session. The token goes into the visitor's cookie and is kept nowhere. */
export async function openSession(
  { db, clock }: SessionDeps,
  userId: string,
  { userAgent, address }: Visitor,
): Promise<{ token: string; session: SessionRow }> {
  const token = makeToken()
  const now = clock.now()
  const session: SessionRow = {
    id: newId('sess'),
    user_id: userId,
    hash: hashToken(token),
    previous_hash: null,
    rotated_at: now,
    created_at: now,
    last_seen_at: now,
    expires_at: now + LIFE_MS,
    user_agent: userAgent.slice(0, 300),
    address,
  }
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('sessions').where('expires_at', '<=', now).execute()
    await tx.insertInto('sessions').values(session).execute()
    await tx.updateTable('users').set({ last_login_at: now }).where('id', '=', userId).execute()
  })
  return { token, session }
}
