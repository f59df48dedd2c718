import { VIDEO_DAYS } from '../../contract/videos.ts'
import { DAY_MS } from '../archive/retention.ts'
import type { Deps } from '../context.ts'
import { removeFileOf } from './remove.ts'
import type { VideoRow } from './tables.ts'

const KEPT_MS = VIDEO_DAYS * DAY_MS
const AT_ONCE = 500

/** When it is removed, epoch ms; null: not while it is being made. */
export const videoExpiry = ({ finished_at }: Pick<VideoRow, 'finished_at'>): number | null =>
  finished_at === null ? null : finished_at + KEPT_MS

/** Removes videos whose time has passed, and what became of those that failed. */
export async function sweepVideos(deps: Pick<Deps, 'db' | 'clock' | 'media'>): Promise<void> {
  const { db, clock } = deps
  const old = db
    .selectFrom('videos')
    .select('id')
    .where('finished_at', '<=', clock.now() - KEPT_MS)
    .limit(AT_ONCE)
  const gone = await db.deleteFrom('videos').where('id', 'in', old).returning('storage_key').execute()
  for (const row of gone) await removeFileOf(deps, row)
}
