import { siblingModule } from '../../../processes/child.ts'
import { forkedHosts } from '../supervision/forked-host.ts'
import type { StartHost } from '../supervision/host.ts'
import type { SherpaConfig } from './recogniser.ts'

/** Engine processes for one model folder, for `createPool`. */
export const sherpaHosts = (config: SherpaConfig): StartHost =>
  forkedHosts(siblingModule('sherpa.host', import.meta.url), config)
