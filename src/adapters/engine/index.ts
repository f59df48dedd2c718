import { type Engine, EngineError } from '../../ports/engine.ts'
import { sherpaHosts } from './sherpa/hosts.ts'
import { loadModelFolder, ModelFolderError } from './sherpa/model-folder.ts'
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

/** The engine that the operator chose, running. @throws EngineError or ModelFolderError in one line. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  if (options.model === undefined) throw new EngineError('unavailable', 'no model is set')
  const folder = loadModelFolder(options.model)
  const pool = createPool({
    description: folder.description,
    slots: options.slots,
    startHost: sherpaHosts({ folder, threads: options.threads }),
    onTrouble: (message) => options.logger?.warn(message),
  })
  await pool.start()
  return pool
}

export { ModelFolderError }
