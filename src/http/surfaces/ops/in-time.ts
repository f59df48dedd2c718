/** Who asks (a load balancer, an orchestrator, Prometheus) waits a few seconds, if that. */
const MOST_MS = 3000

/** What the promise comes to. @throws Error where that takes too long */
export async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${MOST_MS / 1000} s`)), MOST_MS)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
