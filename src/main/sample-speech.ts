import { fileURLToPath } from 'node:url'
import { decode } from '../pipeline/decode.ts'

/** The recording that a first `curl` is tried with. */
const HELLO = fileURLToPath(new URL('../../samples/hello.flac', import.meta.url))

/** Some seconds of speech, as PCM. @throws MediaError where there is no ffmpeg */
export async function sampleSpeech(): Promise<Int16Array> {
  const chunks: Int16Array[] = []
  for await (const chunk of decode(HELLO)) chunks.push(chunk)
  const bytes = Buffer.concat(
    chunks.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  )
  return new Int16Array(new Uint8Array(bytes).buffer)
}
