import { getPriority, setPriority } from 'node:os'

/** Unix niceness: a little behind the server, well before anything that is meant to run in the background. */
const NICENESS = 5
const LOWEST = 19

/**
 * The server's event loop goes before all that computes for it, so that it answers at once on a machine that is busy.
 * Relative to the server's own priority, which its operator may have lowered.
 * @param pid this process itself, unless given
 */
export function goBehindServer(pid = 0): void {
  try {
    setPriority(pid, Math.min(LOWEST, getPriority() + NICENESS))
  } catch {
    // Not allowed in some containers, or it has ended already. The work is the same, only less polite.
  }
}
