/**
 * How long one thread computes between two turns of its event loop: as long nobody else is answered. Counted is the
 * time that the kernel gave the thread, so that whatever else a machine does makes no difference, and as many times
 * what a fixed piece of work takes here as that is slower than on the machine the limit was set on.
 */
import { openSync, readSync } from 'node:fs'

/** What `yardstick` took where the limits were set (one core of a Xeon, Node 20). */
const REFERENCE_MS = 16

export interface LoopWatch {
  /** The longest so far, in milliseconds of the reference machine. */
  longest(): number
  /** Forgets it. */
  reset(): void
  stop(): void
}

/** Only Linux tells a thread's own time. */
export const canWatchLoop = process.platform === 'linux'

export function watchLoop(): LoopWatch {
  const slower = Math.max(1, yardstick() / REFERENCE_MS)
  let last = cpuMs()
  let longest = 0
  const look = (): void => {
    const now = cpuMs()
    longest = Math.max(longest, (now - last) / slower)
    last = now
  }
  const timer = setInterval(look, 1)
  return {
    longest() {
      look()
      return longest
    },
    reset() {
      last = cpuMs()
      longest = 0
    },
    stop: () => clearInterval(timer),
  }
}

let schedstat: number | undefined
const read = Buffer.alloc(100)

/** Of this thread, in milliseconds. It is asked a thousand times a second: opened each time, it took a tenth of a core. */
function cpuMs(): number {
  schedstat ??= openSync('/proc/thread-self/schedstat', 'r')
  return (
    Number(read.toString('latin1', 0, readSync(schedstat, read, 0, read.length, 0)).split(' ', 1)[0]) / 1e6
  )
}

/** The least of some tries, in milliseconds. */
function yardstick(): number {
  const data = Array.from({ length: 20_000 }, (_, k) => ({
    word: `word${k}`,
    start: k / 3,
    end: k / 3 + 0.3,
  }))
  let least = Number.POSITIVE_INFINITY
  for (let k = 0; k < 5; k++) {
    const before = cpuMs()
    JSON.parse(JSON.stringify(data))
    least = Math.min(least, cpuMs() - before)
  }
  return least
}
