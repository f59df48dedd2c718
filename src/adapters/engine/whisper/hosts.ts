import { forkedHosts } from '../supervision/forked-host.ts'
import type { StartHost } from '../supervision/host.ts'
import { WHISPER_HOST } from './host-module.ts'
import type { WhisperConfig } from './listener.ts'

/** Parts that are handed over together. How many of them are decoded at once depends on their lengths. */
export const WHISPER_BATCH = 16

/** Engine processes for a folder of Whisper weights, for `createPool`. */
export const whisperHosts = (config: WhisperConfig, onProgress: (message: string) => void): StartHost =>
  forkedHosts(WHISPER_HOST, config, onProgress)
