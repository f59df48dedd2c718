import { fileURLToPath } from 'node:url'
import { decodeWhole } from '../pipeline/decode.ts'

/** The recording that a first `curl` is tried with. */
const HELLO = fileURLToPath(new URL('../../samples/hello.flac', import.meta.url))

/** Some seconds of speech, as PCM. @throws MediaError where there is no ffmpeg */
export const sampleSpeech = (): Promise<Int16Array> => decodeWhole(HELLO)
