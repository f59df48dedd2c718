import type { MusicDetector } from '../../ports/music-detector.ts'
import { siblingModule, startChild } from '../../processes/child.ts'
import { timeLimit } from '../../processes/time.ts'
import { taggerModel } from './model-folder.ts'
import type { FromTagger, ToTagger } from './protocol.ts'

/** Some excerpts take a second. */
const DEADLINE_MS = 60_000

/**
 * An audio tagger of sherpa-onnx, in a process of its own for each recording: it is small, and seldom needed.
 * @param folder see `taggerModel`
 * @throws Error in one line where the folder has no tagger
 */
export function createMusicDetector(folder: string): MusicDetector {
  const model = taggerModel(folder)
  return {
    hear(excerpts, signal) {
      signal.throwIfAborted()
      const child = startChild(siblingModule('music.host', import.meta.url))
      const limit = timeLimit(DEADLINE_MS, signal)
      limit.signal.addEventListener('abort', child.kill, { once: true })
      const heard = new Promise<number[]>((resolve, reject) => {
        child.onMessage((message) => {
          const answer = message as FromTagger
          if (answer.kind === 'heard') resolve(answer.music)
          else reject(new Error(`the audio tagger: ${answer.message}`))
        })
        void child.ended.then((how) => reject(new Error(`the audio tagger ${how}`)))
      })
      child.send({ model, excerpts } satisfies ToTagger)
      return heard.finally(() => {
        limit.clear()
        child.kill()
      })
    },
  }
}
