import { afterAwake } from './awake-limit.ts'

/** Resolves after `ms`, or at once when the signal aborts. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

export const allAborted = async (signals: AbortSignal[]): Promise<void> =>
  void (await Promise.all(signals.map(aborted)))

/**
 * A signal that aborts with `outer`, or after `ms` in which this process was awake. Call `clear` when the work is done. (AbortSignal.any of
 * a timeout would do, were it not for Node 20 sometimes collecting such signals before they fire.)
 */
export function timeLimit(
  ms: number,
  outer?: AbortSignal,
): { signal: AbortSignal; exceeded(): boolean; clear(): void } {
  const controller = new AbortController()
  let exceeded = false
  const stop = afterAwake(ms, () => {
    exceeded = true
    controller.abort(new Error(`not done within ${ms} ms`))
  })
  const onOuter = () => controller.abort(outer?.reason)
  outer?.addEventListener('abort', onOuter, { once: true })
  if (outer?.aborted) onOuter()
  return {
    signal: controller.signal,
    exceeded: () => exceeded,
    clear() {
      stop()
      outer?.removeEventListener('abort', onOuter)
    },
  }
}
