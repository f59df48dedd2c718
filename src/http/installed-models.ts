import { listWorkers } from '../domain/workers/list.ts'
import type { HttpDeps } from './context.ts'

/** The models at work, on whatever machine. */
export async function installedModels(deps: HttpDeps): Promise<string[]> {
  if (deps.engine) return [deps.engine.describe().model]
  return (await listWorkers(deps)).map(({ engine }) => engine.model)
}
