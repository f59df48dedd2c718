import { siblingModule } from '../../../processes/child.ts'

/** The program that an engine process of Whisper's runs. */
export const WHISPER_HOST = siblingModule('whisper.host', import.meta.url)
