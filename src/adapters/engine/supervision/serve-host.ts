import { writeSync } from 'node:fs'
import type { RecogniseOptions, Recognition } from '../../../ports/engine.ts'
import { endOfPart, type FromHost, type ToHost } from './protocol.ts'
import { serveParent, tellParent } from './serve-parent.ts'

export type Recognise = (pcm: Int16Array, options: RecogniseOptions) => Promise<Recognition>

/**
 * The main loop of an engine process. `load` may throw: its message is what the operator reads. What
 * `recognise` throws refuses one part; the process goes on.
 */
export function serveHost<Config>(load: (config: Config) => Promise<Recognise>): void {
  let recognise: Recognise | undefined

  async function handle(message: ToHost<Config>): Promise<FromHost> {
    if (message.kind === 'load') {
      recognise = await load(message.config)
      markEndOfPart(0)
      return { kind: 'ready' }
    }
    if (message.kind === 'ping') return { kind: 'pong', id: message.id }
    if (!recognise) return { kind: 'failed', id: message.id, message: 'no model is loaded' }
    const { id } = message
    try {
      return { kind: 'result', id, recognition: await recognise(message.pcm, message.options) }
    } catch (error) {
      return { kind: 'failed', id, message: oneLine(error) }
    } finally {
      markEndOfPart(id)
    }
  }

  serveParent((message) => {
    handle(message as ToHost<Config>).then(tellParent, (error: unknown) =>
      // The process stays until the parent, which reads this first, kills it.
      tellParent({ kind: 'refused', message: oneLine(error) } satisfies FromHost),
    )
  })
}

function markEndOfPart(id: number): void {
  try {
    writeSync(2, `\n${endOfPart(id)}\n`)
  } catch {
    // The parent is gone, and so are we in a moment.
  }
}

const oneLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim()
