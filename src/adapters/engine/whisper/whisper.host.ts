import { serveBatches } from '../supervision/serve-host.ts'
import { loadListener, type WhisperConfig } from './listener.ts'

/** An engine process that recognises with our own Whisper. Started by `whisperHosts`, never imported. */
serveBatches<WhisperConfig>(loadListener)
