import type { Engine } from '../../ports/engine.ts'
import { type ChooseOptions, choose } from './choose.ts'
import type { ModelFolder } from './folder.ts'
import { createManyModels } from './models/engine.ts'
import { installedFolders } from './models/installed.ts'
import { createRemoteEngine, type RemoteOptions } from './openai/engine.ts'
import { POCKETSPHINX, pocketSphinxHosts } from './pocketsphinx/hosts.ts'
import { sherpaHosts } from './sherpa/hosts.ts'
import { withHotwords } from './sherpa/hotwords.ts'
import { punctuationModel } from './sherpa/punctuation-model.ts'
import { roomFor } from './slots.ts'
import type { StartHost } from './supervision/host.ts'
import { createPool, type EnginePool } from './supervision/pool.ts'
import { chooseDevice, type DeviceSetting } from './whisper/device.ts'
import { WHISPER_BATCH, whisperHosts } from './whisper/hosts.ts'

export interface EngineOptions extends Omit<ChooseOptions, 'installed'> {
  /** Engine processes, and threads of each; undefined: as suits the model and the machine. */
  slots: number | undefined
  threads: number | undefined
  cores: number
  /** Requests at the same time to a server that recognises instead of this machine. */
  remoteSlots: number
  /** Where graphs made from Whisper weights are kept. */
  graphsDir: string
  /** False: parts may be handed over while the model is still being loaded, and fail if it cannot be. Default true. */
  awaitStart?: boolean
  /** `EARSHOT_DEVICE`, for Whisper. */
  device: DeviceSetting
  /** `EARSHOT_BEAM_SIZE`, for Whisper. */
  beamSize: number
  /** Whether models that can do so look out for the words of a `prompt`. */
  hotwords: boolean
  /** Models in memory at the same time: the one that serves where none is named, and others. */
  loadedModels: number
  /** A server that recognises instead of this machine. */
  remote?: Omit<RemoteOptions, 'slots' | 'onTrouble'> | undefined
}

/** The engine that the operator chose, running. @throws ModelError, ModelFolderError or EngineError in one line. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const onTrouble = (message: string): void => options.logger?.warn(message)
  const { remote } = options
  // A server that is down now may be up in a moment: `/readyz` and `doctor` say so until then.
  if (remote) return createRemoteEngine({ ...remote, slots: options.remoteSlots, onTrouble })
  const installed = installedFolders(options.models, onTrouble)
  const choice = await choose({ ...options, installed })
  const device = chooseDevice(options.device)
  const punctuation = punctuationModel(options.models)
  const listening = (folder: ModelFolder): ModelFolder =>
    options.hotwords && folder.kind === 'sherpa' ? withHotwords(folder) : folder
  const roomOf = (kind: ModelFolder['kind'] | 'stand-in') => roomFor(kind, options.cores, options)
  const onProgress = (message: string): void => options.logger?.info(message)
  const hostsOf = (folder: ModelFolder): StartHost => {
    const { threads } = roomOf(folder.kind)
    if (folder.kind === 'sherpa') return sherpaHosts({ folder, threads, punctuation })
    const { graphsDir, beamSize } = options
    return whisperHosts({ folder, graphsDir, threads, device, beamSize }, onProgress)
  }
  const ofFolder = (folder: ModelFolder): EnginePool =>
    createPool({
      description: folder.kind === 'whisper' ? { ...folder.description, device } : folder.description,
      slots: roomOf(folder.kind).slots,
      ...(folder.kind === 'whisper' && { batch: WHISPER_BATCH }),
      startHost: hostsOf(folder),
      onTrouble,
    })
  const main =
    choice.kind === 'model'
      ? ofFolder(listening(choice.folder))
      : createPool({
          description: POCKETSPHINX,
          slots: roomOf('stand-in').slots,
          startHost: pocketSphinxHosts(choice.sphinx),
          onTrouble,
        })
  const started = main.start()
  // What it fails of, the parts that wait for it fail of as well.
  if (options.awaitStart === false) started.catch(() => {})
  else await started
  return createManyModels({
    main,
    others: () => installed().map(listening),
    create: ofFolder,
    most: options.loadedModels - 1,
    auto: choice.auto === true,
  })
}
