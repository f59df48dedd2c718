import type { EngineDescription, SlotState } from '../../ports/engine.ts'
import type { Deps } from '../context.ts'
import { fetches, recognises, type WorkerRole } from './roles.ts'

/** A worker that was not seen for this long is taken for dead. Three beats. */
const FRESH_MS = 30_000

export interface WorkerView {
  id: string
  host: string
  role: WorkerRole
  /** The model for requests that name none; null: it leaves them to others. */
  engine: EngineDescription | null
  /** All models that it uses, that one first; empty if it only fetches. */
  models: EngineDescription[]
  slots: SlotState[]
  /** Whether it can tell speakers apart. */
  diarizes: boolean
  /** Whether its ffmpeg can draw subtitles into videos. */
  makesVideos: boolean
  /** For which its machine has no font; see `videos/scripts.ts`. */
  lacksScripts: string[]
  running: number
  /** Parts of others that it can hear now. */
  spare: number
  store: string | null
  fault: string | null
  startedAt: number
  seenAt: number
}

/** The workers that live, on whatever machine. */
export async function listWorkers({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<WorkerView[]> {
  const rows = await db
    .selectFrom('workers')
    .selectAll()
    .where('seen_at', '>=', clock.now() - FRESH_MS)
    .orderBy('host')
    .orderBy('id')
    .execute()
  return rows.map((row) => {
    const { id, host, role, running, spare, store, fault, started_at: startedAt, seen_at: seenAt } = row
    const models = modelsOf(row.engine)
    const engine = (row.hears_unnamed === 1 && models[0]) || null
    const slots = JSON.parse(row.slots) as SlotState[]
    const lacksScripts = JSON.parse(row.lacks_scripts) as string[]
    const able = { diarizes: row.diarizes === 1, makesVideos: row.makes_videos === 1, lacksScripts }
    const said = { models, slots, ...able, running, spare, store, fault }
    return { id, host, role, engine, ...said, startedAt, seenAt }
  })
}

/** A worker of an earlier version, still running while others were renewed, tells of one model only. */
function modelsOf(stored: string): EngineDescription[] {
  const said = JSON.parse(stored) as EngineDescription | EngineDescription[]
  return Array.isArray(said) ? said : [said]
}

/** @throws Error that says what is wrong, when no worker with an engine that answers lives */
export async function requireWorker(deps: Pick<Deps, 'db' | 'clock'>): Promise<WorkerView> {
  const workers = await listWorkers(deps)
  const hearing = workers.filter(({ role }) => recognises(role))
  const able = hearing.find((w) => w.fault === null)
  if (able) return able
  if (hearing.length === 0 && workers.length > 0) throw new Error(NOBODY_HEARS)
  throw new Error(hearing[0]?.fault ?? 'no worker runs')
}

const NOBODY_HEARS = 'no worker recognises: all of them only fetch'
const NOBODY_FETCHES = 'no worker fetches: all of them only recognise'

/** @throws Error if no running worker downloads and decodes */
export async function requireFetching(deps: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  const workers = await listWorkers(deps)
  if (workers.some(({ role }) => fetches(role))) return
  throw new Error(workers.length > 0 ? NOBODY_FETCHES : 'no worker runs')
}
