import type { Deps } from '../context.ts'

/** How long an ended delivery can be looked at and sent again. */
const KEPT_MS = 30 * 24 * 3_600_000

/** Forgets deliveries that ended long ago. */
export async function sweepDeliveries({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  await db
    .deleteFrom('webhook_deliveries')
    .where('ended_at', '<=', clock.now() - KEPT_MS)
    .execute()
}
