/** `earshot doctor`: looks at this machine, and tries the engine. */
import { resolve } from 'node:path'
import { createInspector } from '../adapters/inspector/index.ts'
import type { Config } from '../config/schema.ts'
import type { Deps } from '../domain/context.ts'
import { engineElsewhere } from '../pipeline/sharing/engine-elsewhere.ts'
import { systemClock } from '../ports/clock.ts'
import type { EngineDescription } from '../ports/engine.ts'
import type { Finding, Inspector } from '../ports/inspector.ts'
import { composeOutside, mediaStore } from './compose.ts'
import { answering, composeEngine } from './compose-engine.ts'
import { createLogger } from './logger.ts'
import { runnerFindings } from './runner-findings.ts'
import { videoFindings } from './video-findings.ts'
import { workerFindings } from './worker-findings.ts'

export function composeInspector(config: Config): { inspector: Inspector; close(): Promise<void> } {
  const logger = createLogger('error')
  const started: Promise<{ close(graceMs: number): Promise<void> }>[] = []
  const engines = async (): Promise<EngineDescription[]> => {
    if (config.EARSHOT_WORKER_ROLE === 'fetch') return reading(config, elsewhere)
    const work = composeEngine(config, logger)
    started.push(work)
    return answering((await work).engine)
  }
  const { fetcher } = composeOutside(config, logger)
  const others = [
    () => databaseFinding(config),
    () => storeFinding(config),
    videoFindings,
    () => ofOthers(config),
  ]
  const inspector = createInspector({ dataDir: resolve(config.EARSHOT_DATA_DIR), engines, fetcher, others })
  const close = async (): Promise<void> => {
    for (const work of started) await work.then(({ close }) => close(0)).catch(() => {})
  }
  return { inspector, close }
}

async function databaseFinding({ DATABASE_URL: url }: Config): Promise<Finding> {
  const { tryDatabase } = await import('../adapters/database/try.ts')
  const cure = url
    ? 'see that PostgreSQL runs and takes connections from here, and that DATABASE_URL is right'
    : 'no SQLite for this system was installed: npm rebuild @photostructure/sqlite'
  return found('database', cure, () => tryDatabase(url))
}

/** None where there is no database yet, or none that can be reached: that is said already. */
const ofOthers = async (config: Config): Promise<Finding[]> =>
  reading(config, async (deps) => [...(await workerFindings(deps)), ...(await runnerFindings(deps))]).catch(
    () => [],
  )

async function elsewhere(deps: KnownOf): Promise<EngineDescription[]> {
  const engine = engineElsewhere(deps)
  await engine.probe(0)
  return engine.models()
}

type KnownOf = Pick<Deps, 'db' | 'clock'>

/** What the database knows. @throws Error where there is none */
async function reading<T>(
  { DATABASE_URL: url, EARSHOT_DATA_DIR }: Config,
  read: (deps: KnownOf) => Promise<T>,
): Promise<T> {
  const { withoutMigrating } = await import('../adapters/database/try.ts')
  return withoutMigrating(url, resolve(EARSHOT_DATA_DIR), (db) => read({ db, clock: systemClock }))
}

const storeFinding = (config: Config): Promise<Finding> =>
  found('media storage', 'see that EARSHOT_MEDIA_URL and the AWS_* settings are right', async () => {
    const { EARSHOT_MEDIA_URL: url, EARSHOT_DATA_DIR } = config
    if (url) await (await mediaStore(config, resolve(EARSHOT_DATA_DIR))).probe()
    return url ?? 'in the data folder'
  })

const found = (name: string, cure: string, look: () => Promise<string>): Promise<Finding> =>
  look().then(
    (says) => ({ name, ok: true, says }),
    (error: Error) => ({ name, ok: false, says: error.message.split('\n')[0] ?? '', cure }),
  )
