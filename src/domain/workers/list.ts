import type { EngineDescription, SlotState } from '../../ports/engine.ts'
import type { Deps } from '../context.ts'

/** A worker that was not seen for this long is taken for dead. Three beats. */
const FRESH_MS = 30_000

export interface WorkerView {
  id: string
  host: string
  /** What it takes where no model is named. */
  engine: EngineDescription
  /** All that it has, that one first. */
  models: EngineDescription[]
  slots: SlotState[]
  /** Whether it can tell speakers apart. */
  diarizes: boolean
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
  return rows.flatMap((row) => {
    const models = modelsOf(row.engine)
    const [engine] = models
    if (!engine) return []
    const { id, host, running, spare, store, fault, started_at: startedAt, seen_at: seenAt } = row
    const slots = JSON.parse(row.slots) as SlotState[]
    const said = { models, slots, diarizes: row.diarizes === 1, running, spare, store, fault }
    return [{ id, host, engine, ...said, startedAt, seenAt }]
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
  const able = workers.find((w) => w.fault === null)
  if (!able) throw new Error(workers[0]?.fault ?? 'no worker runs')
  return able
}
