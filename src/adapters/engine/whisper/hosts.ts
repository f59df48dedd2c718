import { EngineError } from '../../../ports/engine.ts'
import type { StartHost } from '../supervision/host.ts'
import type { WhisperFolder } from './folder.ts'

/** Engine processes for a folder of Whisper weights, for `createPool`. */
export const whisperHosts =
  (folder: WhisperFolder, _threads: number): StartHost =>
  async () => {
    throw new EngineError('unavailable', `Whisper weights cannot be run yet (${folder.dir})`)
  }
