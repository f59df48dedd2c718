import type { ModelFolder } from './folder.ts'

/** Beyond so many threads Whisper's products of matrices gain little. */
const MOST_THREADS = 8

export interface Room {
  slots: number
  threads: number
}

/**
 * Processes and threads, where the operator chose none: Whisper recognises several parts together, so one process
 * with all cores does more, and holds the weights once. The others take one part at a time.
 */
export function roomFor(kind: ModelFolder['kind'] | 'stand-in', cores: number, chosen: Partial<Room>): Room {
  const { slots, threads } = chosen
  if (kind !== 'whisper') return { slots: slots ?? cores, threads: threads ?? 1 }
  if (slots !== undefined) return { slots, threads: threads ?? Math.max(1, Math.floor(cores / slots)) }
  if (threads !== undefined) return { slots: Math.max(1, Math.floor(cores / threads)), threads }
  const few = Math.ceil(cores / MOST_THREADS)
  return { slots: few, threads: Math.floor(cores / few) }
}
