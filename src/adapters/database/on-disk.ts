import { setImmediate as turn } from 'node:timers/promises'

/** One write to the disk for everybody who waits for one. */
export interface OnDisk {
  /** Resolves once all that was written before is on the disk. @throws Error of the system where it can't be */
  all(): Promise<void>
}

/**
 * @param sync brings to the disk what was written before it begins. Whoever comes while it runs may have written after
 * that, and waits for the next one, together with all others who come meanwhile.
 */
export function onDisk(sync: () => Promise<void>): OnDisk {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined

  async function begin(after: Promise<void> | undefined): Promise<void> {
    // Its failure is told to those who wait for it.
    await after?.catch(() => {})
    // What else is written in this turn of the event loop goes along.
    await turn()
    running = next
    next = undefined
    await sync()
  }

  return {
    all() {
      next ??= begin(running)
      return next
    },
  }
}
