import type { Engine } from '../../ports/engine.ts'
import { type ChooseOptions, choose } from './choose.ts'
import type { ModelFolder } from './folder.ts'
import { createManyModels } from './models/engine.ts'
import { installedFolders } from './models/installed.ts'
import { createRemoteEngine, type RemoteOptions } from './openai/engine.ts'
import { POCKETSPHINX, pocketSphinxHosts } from './pocketsphinx/hosts.ts'
import { lighterHosts } from './sherpa/hosts.ts'
import { withHotwords } from './sherpa/hotwords.ts'
import { punctuationModel } from './sherpa/punctuation.ts'
import type { StartHost } from './supervision/host.ts'
import { createPool, type EnginePool } from './supervision/pool.ts'
import { whisperHosts } from './whisper/hosts.ts'

export interface EngineOptions extends ChooseOptions {
  /** Parts that are recognised at the same time, each by a process of its own. */
  slots: number
  /** Threads of each process. */
  threads: number
  /** Whether models that can do so look out for the words of a `prompt`. */
  hotwords: boolean
  /** Some seconds of speech, to see that two models hear the same. */
  sample(): Promise<Int16Array>
  /** Models in memory at the same time: the one that serves where none is named, and others. */
  loadedModels: number
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
  const punctuation = punctuationModel(options.models)
  const listening = (folder: ModelFolder): ModelFolder =>
    options.hotwords && folder.kind === 'sherpa' ? withHotwords(folder) : folder
  const hostsOf = (folder: ModelFolder): StartHost =>
    folder.kind === 'whisper'
      ? whisperHosts(folder, options.threads)
      : lighterHosts({ folder, threads: options.threads, punctuation }, options.sample)
  const installed = installedFolders(options.models, onTrouble)
  const ofFolder = (folder: ModelFolder): EnginePool =>
    createPool({
      description: folder.description,
      slots,
      startHost: hostsOf(folder),
      onTrouble,
    })
  const main =
    choice.kind === 'model'
      ? ofFolder(listening(choice.folder))
      : createPool({
          description: POCKETSPHINX,
          slots,
          startHost: pocketSphinxHosts(choice.sphinx),
          onTrouble,
        })
  await main.start()
  return createManyModels({
    main,
    others: () => installed().map(listening),
    create: ofFolder,
    most: options.loadedModels - 1,
  })
}
