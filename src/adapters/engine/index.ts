import type { Engine } from '../../ports/engine.ts'
import { type ChooseOptions, choose } from './choose.ts'
import { POCKETSPHINX, pocketSphinxHosts } from './pocketsphinx/hosts.ts'
import { sherpaHosts } from './sherpa/hosts.ts'
import { createPool } from './supervision/pool.ts'

export interface EngineOptions extends ChooseOptions {
  /** Parts that are recognised at the same time, each by a process of its own. */
  slots: number
  /** Threads of each process. */
  threads: number
}

/** The engine that the operator chose, running. @throws ModelError, ModelFolderError or EngineError in one line. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const choice = await choose(options)
  const pool = createPool({
    description: choice.kind === 'model' ? choice.folder.description : POCKETSPHINX,
    slots: options.slots,
    startHost:
      choice.kind === 'model'
        ? sherpaHosts({ folder: choice.folder, threads: options.threads })
        : pocketSphinxHosts(choice.sphinx),
    onTrouble: (message) => options.logger?.warn(message),
  })
  await pool.start()
  return pool
}
