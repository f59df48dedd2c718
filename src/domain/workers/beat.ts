import type { EngineDescription, SlotState } from '../../ports/engine.ts'
import type { Deps } from '../context.ts'
import type { WorkerRole } from './roles.ts'

/** Longer than this unseen, and a worker is gone for good: its row is removed. */
const FORGET_MS = 3_600_000

/** The state that a worker reports. */
export interface Beat {
  id: string
  host: string
  role: WorkerRole
  /** All models that it uses, the default one first. */
  models: EngineDescription[]
  /** Whether it takes requests that name no model. */
  hearsUnnamed: boolean
  slots: SlotState[]
  /** Whether it can tell speakers apart. */
  diarizes: boolean
  /** Whether its ffmpeg can draw subtitles into videos. */
  makesVideos: boolean
  /** For which its machine has no font; see `videos/scripts.ts`. */
  lacksScripts: readonly string[]
  /** Transcriptions under way. */
  running: number
  /** Parts of others that it can hear now. */
  spare: number
  /** The media store that it reads; see `MediaStore.id`. */
  store: string | null
  /** Why its engine does not answer; null: it does. */
  fault: string | null
}

/** Records that a worker lives, and how it is. */
export async function beat({ db, clock }: Pick<Deps, 'db' | 'clock'>, state: Beat): Promise<void> {
  const now = clock.now()
  const { id, host, role, running, spare, store, fault } = state
  const said = {
    role,
    hears_unnamed: state.hearsUnnamed ? (1 as const) : (0 as const),
    engine: JSON.stringify(state.models),
    slots: JSON.stringify(state.slots),
    diarizes: state.diarizes ? (1 as const) : (0 as const),
    makes_videos: state.makesVideos ? (1 as const) : (0 as const),
    lacks_scripts: JSON.stringify(state.lacksScripts),
    running,
    spare,
    store,
    fault,
    seen_at: now,
  }
  await db
    .insertInto('workers')
    .values({ id, host, ...said, started_at: now })
    .onConflict((c) => c.column('id').doUpdateSet(said))
    .execute()
  await db
    .deleteFrom('workers')
    .where('seen_at', '<', now - FORGET_MS)
    .execute()
}

/** Between two beats: whoever has parts to give away wants to know soon. */
export async function saySpare({ db }: Pick<Deps, 'db'>, id: string, spare: number): Promise<void> {
  await db.updateTable('workers').set({ spare }).where('id', '=', id).execute()
}

/** A worker that ends says so. */
export async function leave({ db }: Pick<Deps, 'db'>, id: string): Promise<void> {
  await db.deleteFrom('workers').where('id', '=', id).execute()
}
