import type { RecogniseOptions, Recognition } from '../../../ports/engine.ts'

/** What a pool says to an engine process. `load` comes first and once. */
export type ToHost<Config> =
  | { kind: 'load'; config: Config }
  | { kind: 'recognise'; id: number; pcm: Int16Array; options: RecogniseOptions }
  | { kind: 'ping'; id: number }

export type FromHost =
  | { kind: 'ready' }
  /** The model cannot be loaded; the process ends. */
  | { kind: 'refused'; message: string }
  | { kind: 'result'; id: number; recognition: Recognition }
  /** The engine said no to this part; the process goes on. */
  | { kind: 'failed'; id: number; message: string }
  | { kind: 'pong'; id: number }

/**
 * A host writes this line to stderr after each part. Native libraries report an error there and answer with
 * an empty result, and nothing orders the two channels; with the line, all that the part printed is before it.
 */
export const endOfPart = (id: number): string => `earshot: end of part ${id}`
