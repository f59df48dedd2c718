import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { requireFetching, requireWorker } from '../../../domain/workers/list.ts'
import type { HttpDeps } from '../../context.ts'
import { defaultEngines } from '../../engines.ts'
import { inTime } from './in-time.ts'
import { metrics } from './metrics.ts'

/** An engine that answered within this time is trusted without asking again. */
const ENGINE_FRESH_MS = 30_000

/** `GET /healthz`: the process lives. `GET /readyz`: it can take work. `GET /metrics`: how it does. */
export async function ops(root: FastifyInstance, all: HttpDeps): Promise<void> {
  // In a burst the connections of the requests are waited for: the database works all the while.
  const deps = { ...all, db: all.probeDb }
  await root.register(async (app) => {
    health(app, deps)
    metrics(root, app, deps)
  })
}

function health(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async (_, reply) => {
    const checks: Record<string, Promise<unknown>> = {
      database: sql`select 1`.execute(deps.db),
      storage: deps.media.probe(),
      ...(deps.engine
        ? { engine: deps.engine.probe(ENGINE_FRESH_MS) }
        : { engine: requireWorker(deps), fetching: requireFetching(deps) }),
    }
    const entries = await Promise.all(
      Object.entries(checks).map(
        async ([name, check]): Promise<[string, string]> => [name, await wordOn(check)],
      ),
    )
    const ready = entries.every(([, state]) => state === 'ok')
    return reply
      .code(ready ? 200 : 503)
      .send({ ready, checks: Object.fromEntries(entries), engines: ready ? await enginesInTime(deps) : [] })
  })
}

/** `ok`, or what is wrong. */
const wordOn = (check: Promise<unknown>): Promise<string> =>
  inTime(check).then(
    () => 'ok',
    (error: Error) => error.message,
  )

interface Engine {
  model: string
  standIn: boolean
  device?: string
  note?: string
}

/** None where the database goes away at this very moment. */
const enginesInTime = (deps: HttpDeps): Promise<Engine[]> => inTime(engines(deps)).catch(() => [])

/** The engines at work, on whatever machine. */
async function engines(deps: HttpDeps): Promise<Engine[]> {
  return (await defaultEngines(deps)).map(({ model, standIn, device }) => ({
    model,
    standIn,
    ...(device !== undefined && { device }),
    ...(standIn && { note: STAND_IN }),
  }))
}

const STAND_IN = 'PocketSphinx stands in for a speech model: English only, and rough.'
