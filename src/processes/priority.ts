import { writeFileSync } from 'node:fs'
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
    setPriority(pid, behind())
  } catch {
    // Not allowed in some containers, or it has ended already. The work is the same, only less polite.
  }
}

/**
 * The same for a process that leads a session. Linux gives each session a share of the processors, and niceness counts
 * only within it (`sched_autogroup`): the server had no more of them than any one ffmpeg. Sessions have a niceness, too.
 */
export function sessionGoesBehindServer(pid: number): void {
  goBehindServer(pid)
  if (process.platform !== 'linux') return
  try {
    writeFileSync(`/proc/${pid}/autogroup`, `${behind()}`)
  } catch {
    // A kernel without that, another that was begun in the same tenth of a second (root alone may do it more often),
    // or it has ended already.
  }
}

const behind = (): number => Math.min(LOWEST, getPriority() + NICENESS)
