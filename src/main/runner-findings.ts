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
    ...inCodes(runner, deps.clock.now()),
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
  return seenAt === null ? 'was never seen' : `seen ${secondsSince(seenAt, now)} s ago`
}

const secondsSince = (at: number, now: number): number => Math.max(0, Math.round((now - at) / 1000))

function inCodes(runner: RunnerView, now: number): Pick<Finding, 'codes' | 'values'> {
  const { name, says, seenAt, heardSeconds, fault } = runner
  const kind = says === null || seenAt === null ? 'unseen' : fault === null ? 'seen' : 'refused'
  return {
    codes: { name: 'runner', says: `runner.${kind}`, cure: 'runner' },
    values: {
      name,
      fault: fault ?? '',
      models: says?.models.join(' ') ?? '',
      host: says?.host ?? '',
      version: says?.version ?? '',
      // 0: it does not know.
      speed: says?.speed ?? 0,
      minutes: Math.round(heardSeconds / 60),
      seconds: seenAt === null ? 0 : secondsSince(seenAt, now),
    },
  }
}
