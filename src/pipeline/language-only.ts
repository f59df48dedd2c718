/** Where only a recording's language is asked for: so much of it is heard as tells it. */
import { SAMPLE_RATE } from '../ports/engine.ts'
import type { Part } from './split/index.ts'

/** Speech that tells its language, and how far into a recording it is looked for. Seconds. */
const TELLING_SECONDS = 45
const SEARCHED_SECONDS = 15 * 60

/** So that a film in which nobody speaks for long is not heard to its end. */
export async function* beginningOf(pcm: AsyncIterable<Int16Array>): AsyncGenerator<Int16Array> {
  let samples = 0
  for await (const chunk of pcm) {
    yield chunk
    samples += chunk.length
    if (samples >= SEARCHED_SECONDS * SAMPLE_RATE) return
  }
}

/** @param onHeard told how far into the recording each goes: what is heard is paid for, however far ffmpeg has read */
export async function* tellingParts(
  parts: AsyncIterable<Part>,
  onHeard: (seconds: number) => Promise<void>,
): AsyncGenerator<Part> {
  let samples = 0
  for await (const part of parts) {
    await onHeard(part.end / SAMPLE_RATE)
    yield part
    samples += part.pcm.length
    if (samples >= TELLING_SECONDS * SAMPLE_RATE) return
  }
}
