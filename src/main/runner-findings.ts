import type { Deps } from '../domain/context.ts'
import { listRunners, type RunnerView } from '../domain/runners/tokens.ts'
import type { Finding } from '../ports/inspector.ts'

/** The machines that hear for this server. One that is switched off is nothing wrong. */
export const runnerFindings = async (deps: Pick<Deps, 'db' | 'clock'>): Promise<Finding[]> =>
  (await listRunners(deps)).map((runner) => ({
    name: `runner ${runner.name}`,
    ok: runner.fault === null,
    says: [...aboutIt(runner), seen(runner, deps.clock.now())].join(', '),
    cure: 'see that the program there is that of the server, and that its model is whole; its next good result clears this',
  }))

function aboutIt({ says, heardSeconds, fault }: RunnerView): string[] {
  if (!says) return []
  return [
    ...(fault === null ? [] : [`its last result was refused (${fault})`]),
    `${says.models.join(' ')} on ${says.host}, version ${says.version}`,
    ...(says.speed === null ? [] : [`${says.speed} times real time`]),
    `${Math.round(heardSeconds / 60)} min heard`,
  ]
}

function seen({ seenAt }: RunnerView, now: number): string {
  return seenAt === null ? 'was never seen' : `seen ${Math.max(0, Math.round((now - seenAt) / 1000))} s ago`
}
