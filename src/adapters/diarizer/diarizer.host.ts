import { serveParent, tellParent } from '../engine/supervision/serve-parent.ts'
import { loadListener } from './listen.ts'
import type { FromDiarizer, ToDiarizer } from './protocol.ts'

/** The process that tells voices apart. Started by `createDiarizer`, never imported. */
function serve(): void {
  let listen: ReturnType<typeof loadListener> | undefined

  function handle(message: ToDiarizer): FromDiarizer {
    if (message.kind === 'load') {
      try {
        listen = loadListener(message.models, message.threads)
        return { kind: 'ready' }
      } catch (error) {
        return { kind: 'refused', message: oneLine(error) }
      }
    }
    if (!listen) return { kind: 'failed', message: 'no models are loaded' }
    try {
      return { kind: 'heard', heard: listen(message.pcm, message.fine) }
    } catch (error) {
      return { kind: 'failed', message: oneLine(error) }
    }
  }

  serveParent((message) => tellParent(handle(message as ToDiarizer)))
}

const oneLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim()

serve()
