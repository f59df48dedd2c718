import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '../config/schema.ts'
import { freeAll } from '../domain/transcriptions/claim.ts'
import type { WorkerRole } from '../domain/workers/roles.ts'
import { buildApp } from '../http/app.ts'
import { sweepJobFolders } from '../pipeline/acquire.ts'
import { startWorker, type Worker } from '../pipeline/worker.ts'
import { startSpawner } from '../processes/spawner.ts'
import { type Base, composeAll, composeBase } from './compose.ts'
import { slotsOf } from './compose-engine.ts'
import { composeTracer } from './compose-tracer.ts'
import { greet } from './greeting.ts'
import { lockDataDir } from './lock.ts'
import { shutDownOnSignal } from './shutdown.ts'

/** What a phase of the shutdown may take on top of the drain itself. */
const PHASE_SLACK_MS = 5000

export interface Roles {
  /** Answer requests. */
  api: boolean
  /** Do the work. */
  worker: boolean
}

/** Runs until a signal. `serve` is both roles in one process; `api` and `worker` are one each. */
export async function serve(config: Config, roles: Roles, logger: Logger): Promise<void> {
  const role = workerRole(config, roles)
  // While this process is small.
  const spawner = await startSpawner((how) =>
    logger.warn({ how }, 'the process that starts programs died; another takes its place'),
  )
  const stopping = new AbortController()
  const tracer = await composeTracer(config, logger)
  const base = { ...(await composeBase(config)), stopping: stopping.signal, tracer }
  const unlock = await alone(base)
  await base.media.probe().catch((cause: Error) => {
    throw new Error(`the media storage cannot be used: ${cause.message}`, { cause })
  })
  const { http, pipeline, close } = await composeAll(config, base, logger, { worker: role })
  if (pipeline) await sweepJobFolders(pipeline)
  const app = roles.api ? await buildApp(http, logger) : undefined
  if (app) {
    await listen(app, config)
    const { pageDir, publicUrl } = http.web
    await greet(base, app.listeningOrigin, {
      origin: publicUrl ?? app.listeningOrigin,
      exists: pageDir !== undefined,
    })
  }
  const jobs = config.EARSHOT_JOBS ?? 2 * slotsOf(config) + 2
  const worker: Worker | undefined = pipeline && (await startWorker(pipeline, { jobs }))
  if (!app) console.log(`\nEarshot works, ${about(config)}`)

  const drainMs = config.EARSHOT_DRAIN * 1000
  shutDownOnSignal(
    () => [
      {
        name: 'stop accepting, end streams',
        run: async () => {
          const closed = app?.close()
          stopping.abort()
          await closed
        },
      },
      { name: 'let running parts finish', run: async () => worker?.stop(drainMs) },
      { name: 'end the engines', run: () => close(1000) },
      { name: 'end the programs', run: async () => spawner.close() },
      { name: 'send the last traces', run: async () => tracer?.close() },
      { name: 'close the database', run: () => base.close() },
      { name: 'unlock', run: unlock },
    ],
    drainMs + PHASE_SLACK_MS,
    logger,
  )
}

/** @throws Error where nobody would do the other half */
function workerRole(
  { EARSHOT_WORKER_ROLE: role, DATABASE_URL: shared }: Config,
  { api, worker }: Roles,
): WorkerRole | false {
  if (!worker) return false
  if (role === 'all') return role
  if (api)
    throw new Error(
      'EARSHOT_WORKER_ROLE is only for earshot worker; earshot serve does all of the work, so unset it',
    )
  if (!shared)
    throw new Error(
      `a worker that does only half of the work (${role}) needs DATABASE_URL, through which another does the other half`,
    )
  return role
}

function about(config: Config): string {
  const { EARSHOT_WORKER_ROLE: role, EARSHOT_WORKER_MODELS: models } = config
  if (role === 'fetch') return 'only fetching: others recognise'
  const slots = `with slots: ${slotsOf(config)}`
  const half = role === 'recognise' ? ', only recognising: others fetch' : ''
  return `${slots}${half}${models ? `; models: ${models.join(', ')}` : ''}`
}

/**
 * On SQLite this process must be the only one at work in its data folder; then everything that was
 * claimed before is free again at once, instead of when its lease runs out.
 */
async function alone(base: Base): Promise<() => Promise<void>> {
  if (base.databaseKind !== 'sqlite') return async () => {}
  const unlock = await lockDataDir(base.dataDir)
  await freeAll(base)
  await rm(join(base.dataDir, 'tmp'), { recursive: true, force: true })
  return unlock
}

async function listen(app: { listen(o: object): Promise<string> }, { HOST, PORT }: Config): Promise<void> {
  try {
    await app.listen({ host: HOST, port: PORT })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const why = code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${(cause as Error).message})`
    throw new Error(`port ${PORT} of ${HOST} ${why}; choose another with PORT`, { cause })
  }
}
