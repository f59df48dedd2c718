/** The engine of a worker that only fetches: it describes the models of other workers, and transcribes nothing itself. */
import type { Deps } from '../../domain/context.ts'
import { listWorkers } from '../../domain/workers/list.ts'
import { type Engine, type EngineDescription, EngineError } from '../../ports/engine.ts'

const NOBODY = new EngineError(
  'unavailable',
  'no worker recognises: this one only fetches, and waits for one that does',
)

export function engineElsewhere(deps: Pick<Deps, 'db' | 'clock'>): Engine {
  /** Kept while no other worker runs, so that recordings split for a model can go on when a worker has it again. */
  let known: EngineDescription[] = []
  let usual: EngineDescription | undefined
  let asked = Number.NEGATIVE_INFINITY

  async function look(): Promise<void> {
    const workers = await listWorkers(deps)
    const models = new Map(workers.flatMap((each) => each.models).map((each) => [each.model, each]))
    if (models.size === 0) throw NOBODY
    usual = workers.flatMap(({ engine }) => engine ?? [])[0]
    known = [...(usual ? [usual] : []), ...[...models.values()].filter(({ model }) => model !== usual?.model)]
    asked = performance.now()
  }

  return {
    slots: 0,
    places: 0,
    describe() {
      if (!usual) throw NOBODY
      return usual
    },
    models: () => known,
    slotStates: () => [],
    recognise: () => Promise.reject(NOBODY),
    async probe(maxAgeMs) {
      if (performance.now() - asked > maxAgeMs) await look()
    },
    close: async () => {},
  }
}
