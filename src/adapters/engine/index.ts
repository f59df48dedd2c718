import { type Engine, type EngineDescription, EngineError } from '../../ports/engine.ts'
import { findPocketSphinx, INSTALL_HINT } from './pocketsphinx/find.ts'
import { POCKETSPHINX, pocketSphinxHosts } from './pocketsphinx/hosts.ts'
import { sherpaHosts } from './sherpa/hosts.ts'
import { loadModelFolder, ModelFolderError } from './sherpa/model-folder.ts'
import type { StartHost } from './supervision/host.ts'
import { createPool } from './supervision/pool.ts'

export interface EngineOptions {
  /** A name of the catalogue, the path of a model folder, or undefined: Earshot chooses. */
  model?: string
  dataDir: string
  /** Parts that are recognised at the same time, each by a process of its own. */
  slots: number
  /** Threads of each process. */
  threads: number
  /** Where models are downloaded from instead of Hugging Face. */
  modelsUrl?: string
  logger?: { info(message: string): void; warn(message: string): void }
}

/** `EARSHOT_MODEL=pocketsphinx` asks for the stand-in by name. */
const STAND_IN = 'pocketsphinx'

/** The engine that the operator chose, running. @throws EngineError or ModelFolderError in one line. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { description, startHost } = choose(options)
  const pool = createPool({
    description,
    slots: options.slots,
    startHost,
    onTrouble: (message) => options.logger?.warn(message),
  })
  await pool.start()
  return pool
}

function choose(options: EngineOptions): { description: EngineDescription; startHost: StartHost } {
  if (options.model !== undefined && options.model !== STAND_IN) {
    const folder = loadModelFolder(options.model)
    return {
      description: folder.description,
      startHost: sherpaHosts({ folder, threads: options.threads }),
    }
  }
  const sphinx = findPocketSphinx()
  if (!sphinx)
    throw new EngineError(
      'unavailable',
      `there is no speech model, and no stand-in: set EARSHOT_MODEL, or ${INSTALL_HINT}`,
    )
  options.logger?.warn('PocketSphinx stands in for a speech model: English only, and rough')
  return { description: POCKETSPHINX, startHost: pocketSphinxHosts(sphinx) }
}

export { ModelFolderError }
