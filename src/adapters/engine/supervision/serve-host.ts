import { writeSync } from 'node:fs'
import type { RecogniseOptions, Recognition } from '../../../ports/engine.ts'
import { endOfPart, type FromHost, type Outcome, type PartToHear, type ToHost } from './protocol.ts'
import { serveParent, tellParent } from './serve-parent.ts'

export type Recognise = (pcm: Int16Array, options: RecogniseOptions) => Promise<Recognition>
/** Several parts together; one recognition each, in their order. */
export type RecogniseMany = (parts: readonly PartToHear[]) => Promise<Recognition[]>

/** The main loop of an engine process that takes one part after the other. */
export function serveHost<Config>(load: (config: Config) => Promise<Recognise>): void {
  serveBatches<Config>(async (config) => {
    const recognise = await load(config)
    return async (parts) => {
      const all: Recognition[] = []
      for (const { pcm, options } of parts) all.push(await recognise(pcm, options))
      return all
    }
  })
}

/**
 * The main loop of an engine process. `load` may throw: its message is what the operator reads. What
 * `recognise` throws refuses its parts; the process goes on.
 */
export function serveBatches<Config>(
  load: (config: Config, onProgress: (message: string) => void) => Promise<RecogniseMany>,
): void {
  let recognise: RecogniseMany | undefined
  const onProgress = (message: string): void => tellParent({ kind: 'progress', message } satisfies FromHost)

  async function handle(message: ToHost<Config>): Promise<FromHost> {
    if (message.kind === 'load') {
      recognise = await load(message.config, onProgress)
      markEndOfPart(0)
      return { kind: 'ready' }
    }
    if (message.kind === 'ping') return { kind: 'pong', id: message.id }
    const { id, parts } = message
    try {
      return { kind: 'results', id, outcomes: await outcomes(recognise, parts) }
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

/** What is refused in a batch is tried alone, so that one part's fault is not the others'. */
async function outcomes(
  recognise: RecogniseMany | undefined,
  parts: readonly PartToHear[],
): Promise<Outcome[]> {
  if (!recognise) return parts.map(() => ({ failed: 'no model is loaded' }))
  try {
    return (await recognise(parts)).map((recognition) => ({ recognition }))
  } catch (error) {
    if (parts.length === 1) return [{ failed: oneLine(error) }]
    const all: Outcome[] = []
    for (const part of parts) all.push(...(await outcomes(recognise, [part])))
    return all
  }
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
