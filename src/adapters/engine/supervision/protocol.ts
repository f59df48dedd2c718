import type { RecogniseOptions, Recognition } from '../../../ports/engine.ts'

/** What a pool says to an engine process. `load` comes first and once. */
export type ToHost<Config> =
  | { kind: 'load'; config: Config }
  /** Parts that are recognised together. */
  | { kind: 'recognise'; id: number; parts: PartToHear[] }
  | { kind: 'ping'; id: number }

export type FromHost =
  | { kind: 'ready' }
  /** The model cannot be loaded; the process ends. */
  | { kind: 'refused'; message: string }
  /** What is going on while the model is loaded, in a line for the operator. */
  | { kind: 'progress'; message: string }
  /** One for each part, in their order. */
  | { kind: 'results'; id: number; outcomes: Outcome[] }
  | { kind: 'pong'; id: number }

export interface PartToHear {
  pcm: Int16Array
  options: RecogniseOptions
}

/** `failed`: the engine said no to this part; the process goes on. */
export type Outcome = { recognition: Recognition } | { failed: string }

/**
 * A host writes this line to stderr after each part. Native libraries report an error there and answer with
 * an empty result, and nothing orders the two channels; with the line, all that the part printed is before it.
 */
export const endOfPart = (id: number): string => `earshot: end of part ${id}`
