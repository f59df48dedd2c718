/** A worker that only fetches or only recognises warns in the log when nobody does the other half. */
import { requireFetching, requireWorker } from '../domain/workers/list.ts'
import { fetches, recognises } from '../domain/workers/roles.ts'
import type { PipelineDeps } from './context.ts'

const LOOK_MS = 10_000

export function watchPartners(deps: Pick<PipelineDeps, 'db' | 'clock' | 'logger' | 'role'>): () => void {
  const missing = (): Promise<unknown> => (fetches(deps.role) ? requireWorker(deps) : requireFetching(deps))
  let said: string | undefined

  async function look(): Promise<void> {
    const word = await missing().then(
      () => undefined,
      (error: Error) => error.message,
    )
    if (word !== undefined && word !== said) deps.logger.warn(`${word}; new work waits until one is started`)
    if (word === undefined && said !== undefined)
      deps.logger.info('a worker does the other half of the work again')
    said = word
  }

  if (fetches(deps.role) && recognises(deps.role)) return () => {}
  const timer = setInterval(() => void look(), LOOK_MS)
  return () => clearInterval(timer)
}
