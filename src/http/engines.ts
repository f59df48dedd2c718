import { listWorkers } from '../domain/workers/list.ts'
import type { EngineDescription } from '../ports/engine.ts'
import type { HttpDeps } from './context.ts'

/** What serves where no model is named: one a worker, since they may differ. */
export async function defaultEngines(deps: HttpDeps): Promise<EngineDescription[]> {
  if (deps.engine) return [deps.engine.describe()]
  return (await listWorkers(deps)).flatMap(({ engine }) => engine ?? [])
}

/** The models that can be named, on whatever machine; the first is taken where none is. */
export async function enginesAtWork(deps: HttpDeps): Promise<EngineDescription[]> {
  if (deps.engine) return deps.engine.models()
  const workers = await listWorkers(deps)
  const defaults = workers.flatMap(({ engine }) => engine ?? [])
  const all = [...defaults, ...workers.flatMap(({ models }) => models)]
  return [...new Map(all.map((each) => [each.model, each])).values()]
}

/** Whether some worker's ffmpeg can draw subtitles into videos. None lives just now: the work waits for one. */
export async function canMakeVideos(deps: HttpDeps): Promise<boolean> {
  const workers = await listWorkers(deps)
  return workers.length === 0 || workers.some(({ makesVideos }) => makesVideos)
}

/** The scripts for which no worker that makes videos has a font, as far as is known. */
export async function scriptsWithoutFont(deps: HttpDeps): Promise<string[]> {
  const [first, ...others] = (await listWorkers(deps)).filter(({ makesVideos }) => makesVideos)
  return (first?.lacksScripts ?? []).filter((script) =>
    others.every(({ lacksScripts }) => lacksScripts.includes(script)),
  )
}

/** Whether speakers can be told apart, on whatever machine. */
export async function canDiarize(deps: HttpDeps): Promise<boolean> {
  if (deps.diarizer) return deps.diarizer.available()
  return (await listWorkers(deps)).some(({ diarizes }) => diarizes)
}
