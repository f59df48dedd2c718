import type { ClaimOptions } from '../domain/transcriptions/claim.ts'
import { listWorkers } from '../domain/workers/list.ts'
import { recognises } from '../domain/workers/roles.ts'
import type { PipelineDeps } from './context.ts'

/** What other workers have changes seldom. */
const LOOK_MS = 5000

type Able = Pick<ClaimOptions, 'elsewhere' | 'only' | 'diarizes'>

/** What this worker can do, and what it leaves to others that run. Undefined: nothing, until another worker starts. */
export function abilitiesOf(deps: PipelineDeps): () => Promise<Able | undefined> {
  let asked = Number.NEGATIVE_INFINITY
  let able: Omit<Able, 'diarizes'> | undefined
  return async () => {
    if (performance.now() - asked > LOOK_MS) {
      able = await look(deps)
      asked = performance.now()
    }
    return able && { ...able, diarizes: deps.diarizer.available() }
  }
}

async function look(deps: PipelineDeps): Promise<Omit<Able, 'diarizes'> | undefined> {
  const { engine, only, role } = deps
  const workers = await listWorkers(deps)
  const there = [...new Set(workers.flatMap(({ models }) => models.map(({ model }) => model)))]
  if (recognises(role)) {
    const here = new Set(engine.models().map(({ model }) => model))
    return { only, elsewhere: there.filter((model) => !here.has(model)) }
  }
  if (there.length === 0) return undefined
  // So that the engine of this worker knows the models of the others before it claims anything.
  await engine.probe(0)
  const models = only ? there.filter((model) => only.models.includes(model)) : there
  return { only: { models, unnamed: workers.some(({ engine }) => engine) && (only?.unnamed ?? true) } }
}
