import type { Deps } from '../context.ts'
import type { SessionRow } from '../users/tables.ts'

type SessionDeps = Pick<Deps, 'db' | 'clock'>

export const sessionsOf = ({ db, clock }: SessionDeps, userId: string): Promise<SessionRow[]> =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('expires_at', '>', clock.now())
    .orderBy('last_seen_at', 'desc')
    .execute()

export async function endSession({ db }: SessionDeps, userId: string, id: string): Promise<void> {
  await db.deleteFrom('sessions').where('user_id', '=', userId).where('id', '=', id).execute()
}

/** Signs out everywhere; `keep` is the session that may stay. */
export async function endAllSessions({ db }: SessionDeps, userId: string, keep?: string): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .$if(keep !== undefined, (query) => query.where('id', '!=', keep ?? ''))
    .execute()
}
