import { inScripts, lettersOf } from '../contract/scripts.ts'
import type { Undrawn } from '../domain/videos/letters-without-font.ts'
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

/**
 * Tells which letters no worker that makes videos can draw. This process knows it of each letter where it makes the
 * videos itself; of others, only the scripts are known that have no font at all.
 */
export async function undrawn(deps: HttpDeps): Promise<Undrawn> {
  const [first, ...others] = (await listWorkers(deps)).filter(({ makesVideos }) => makesVideos)
  const { drawing } = deps
  if (drawing && others.length === 0 && (await drawing.makesVideos()))
    // What cannot be tried is said by the video itself.
    return (text) =>
      drawing.lacking(lettersOf(text)).then(
        (missing) => [...missing],
        () => [],
      )
  const scripts = (first?.lacksScripts ?? []).filter((script) =>
    others.every(({ lacksScripts }) => lacksScripts.includes(script)),
  )
  return scripts.length > 0 ? async (text) => inScripts(text, scripts) : undefined
}

/** Whether speakers can be told apart, on whatever machine. */
export async function canDiarize(deps: HttpDeps): Promise<boolean> {
  if (deps.diarizer) return deps.diarizer.available()
  return (await listWorkers(deps)).some(({ diarizes }) => diarizes)
}
