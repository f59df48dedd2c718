import { listWorkers } from '../domain/workers/list.ts'
import type { EngineDescription } from '../ports/engine.ts'
import type { HttpDeps } from './context.ts'

/** The engines at work, on whatever machine: one a model. */
export async function enginesAtWork(deps: HttpDeps): Promise<EngineDescription[]> {
  if (deps.engine) return [deps.engine.describe()]
  const workers = await listWorkers(deps)
  return [...new Map(workers.map(({ engine }) => [engine.model, engine])).values()]
}
