import type { Engine } from '../../ports/engine.ts'
import { type ChooseOptions, choose } from './choose.ts'
import { createRemoteEngine, type RemoteOptions } from './openai/engine.ts'
import { POCKETSPHINX, pocketSphinxHosts } from './pocketsphinx/hosts.ts'
import { sherpaHosts } from './sherpa/hosts.ts'
import { createPool } from './supervision/pool.ts'

export interface EngineOptions extends ChooseOptions {
  /** Parts that are recognised at the same time, each by a process of its own. */
  slots: number
  /** Threads of each process. */
  threads: number
  /** A server that recognises instead of this machine. */
  remote?: Omit<RemoteOptions, 'slots' | 'onTrouble'> | undefined
}

/** The engine that the operator chose, running. @throws ModelError, ModelFolderError or EngineError in one line. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const onTrouble = (message: string): void => options.logger?.warn(message)
  const { remote, slots } = options
  // A server that is down now may be up in a moment: `/readyz` and `doctor` say so until then.
  if (remote) return createRemoteEngine({ ...remote, slots, onTrouble })
  const choice = await choose(options)
  const pool = createPool({
    description: choice.kind === 'model' ? choice.folder.description : POCKETSPHINX,
    slots,
    startHost:
      choice.kind === 'model'
        ? sherpaHosts({ folder: choice.folder, threads: options.threads })
        : pocketSphinxHosts(choice.sphinx),
    onTrouble,
  })
  await pool.start()
  return pool
}
