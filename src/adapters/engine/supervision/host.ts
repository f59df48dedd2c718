import type { Recognition } from '../../../ports/engine.ts'
import type { PartToHear } from './protocol.ts'

/** One engine process, as the pool sees it. It is given one batch of parts at a time. */
export interface EngineHost {
  readonly pid: number | null
  /**
   * One outcome for each part, in their order: HostRefusal where the engine says no. Never settles when the process
   * ends: see `ended`.
   */
  recognise(parts: readonly PartToHear[]): Promise<(Recognition | HostRefusal)[]>
  /** Resolves when the process answers. Never settles when it ends. */
  ping(): Promise<void>
  /** Resolves, never rejects, with what became of the process. */
  readonly ended: Promise<string>
  kill(): void
}

/**
 * Starts an engine process and resolves when it is ready for parts.
 * @throws Error with one line that says why it cannot be had; no process is left then.
 */
export type StartHost = (signal: AbortSignal) => Promise<EngineHost>

/** The engine refused one part, and is as good as before. */
export class HostRefusal extends Error {
  override readonly name = 'HostRefusal'
}
