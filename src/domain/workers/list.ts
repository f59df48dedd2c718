import type { EngineDescription, SlotState } from '../../ports/engine.ts'
import type { Deps } from '../context.ts'

/** A worker that was not seen for this long is taken for dead. Three beats. */
const FRESH_MS = 30_000

export interface WorkerView {
  id: string
  host: string
  engine: EngineDescription
  slots: SlotState[]
  running: number
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
  return rows.map((row) => ({
    id: row.id,
    host: row.host,
    engine: JSON.parse(row.engine) as EngineDescription,
    slots: JSON.parse(row.slots) as SlotState[],
    running: row.running,
    fault: row.fault,
    startedAt: row.started_at,
    seenAt: row.seen_at,
  }))
}

/** @throws Error that says what is wrong, when no worker with an engine that answers lives */
export async function requireWorker(deps: Pick<Deps, 'db' | 'clock'>): Promise<WorkerView> {
  const workers = await listWorkers(deps)
  const able = workers.find((w) => w.fault === null)
  if (!able) throw new Error(workers[0]?.fault ?? 'no worker runs')
  return able
}
