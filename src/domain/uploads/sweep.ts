import type { Deps } from '../context.ts'
import { isFree } from '../leases/lease.ts'
import { dropUpload } from './remove.ts'

/** A round of the sweep; the next one goes on. */
const AT_ONCE = 100

/** Forgets uploads whose time has passed, with what was stored of them. */
export async function sweepUploads(deps: Pick<Deps, 'db' | 'clock' | 'media'>): Promise<void> {
  const now = deps.clock.now()
  const expired = await deps.db
    .selectFrom('uploads')
    .select('id')
    .where('expires_at', '<=', now)
    .where(isFree('uploads'))
    .limit(AT_ONCE)
    .execute()
  for (const { id } of expired) await dropUpload(deps, id)
}
