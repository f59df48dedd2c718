import type { Clock } from '../../ports/clock.ts'

const EVERY_MS = 30_000

/**
 * The time as the database tells it: all machines that share it agree on what is over, whatever their own clocks
 * say. Asked for now and then, and counted on by this machine's clock in between.
 */
export async function followClock(
  ask: () => Promise<number>,
  everyMs = EVERY_MS,
): Promise<Clock & { stop(): void }> {
  let ahead = 0
  async function follow(): Promise<void> {
    const before = Date.now()
    const theirs = await ask()
    ahead = Math.round((before + Date.now()) / 2 - theirs)
  }
  await follow()
  // One that is away is asked again the next time.
  const timer = setInterval(() => void follow().catch(() => {}), everyMs)
  timer.unref()
  return { now: () => Date.now() - ahead, stop: () => clearInterval(timer) }
}
