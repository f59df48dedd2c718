import { siblingModule } from '../supervision/child.ts'
import { forkedHosts } from '../supervision/forked-host.ts'
import type { StartHost } from '../supervision/host.ts'
import { lighten } from './lighter/lighten.ts'
import type { ModelFolder } from './model-folder.ts'
import type { SherpaConfig } from './recogniser.ts'

/** Engine processes for one model folder, for `createPool`. */
export const sherpaHosts = (config: SherpaConfig): StartHost =>
  forkedHosts(siblingModule('sherpa.host', import.meta.url), config)

/**
 * The same, with a decoder that is lighter than the folder's own where one can be had.
 * @param sample some seconds of speech
 */
export function lighterHosts(config: SherpaConfig, sample: () => Promise<Int16Array>): StartHost {
  const start = (folder: ModelFolder): StartHost => sherpaHosts({ ...config, folder })
  let folder: Promise<ModelFolder> | undefined
  return async (signal) => {
    folder ??= lighten(config.folder, { start, sample, signal }).catch((error: unknown) => {
      folder = undefined // aborted: whoever asks next begins anew
      throw error
    })
    return start(await folder)(signal)
  }
}
