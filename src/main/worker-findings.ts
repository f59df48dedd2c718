import type { Deps } from '../domain/context.ts'
import { listWorkers, type WorkerView } from '../domain/workers/list.ts'
import { fetches, recognises, type WorkerRole } from '../domain/workers/roles.ts'
import type { Finding } from '../ports/inspector.ts'

/** Whether the running workers together do all of the work. No finding if each of them does all of it. */
export async function workerFindings(deps: Pick<Deps, 'db' | 'clock'>): Promise<Finding[]> {
  const workers = await listWorkers(deps)
  if (workers.every(({ role }) => role === 'all')) return []
  const missing = missingOf(workers)
  return [
    {
      name: 'workers',
      ok: missing === undefined,
      says: [counted(workers), ...(missing ? [missing.says] : [])].join('; '),
      ...(missing && { cure: `${missing.cure}; new work waits until then` }),
      codes: {
        name: 'workers',
        says: 'workers.counts',
        ...(missing && { cure: `workers.${missing.lacks}` }),
      },
      values: { ...countsOf(workers), models: missing?.models ?? '' },
    },
  ]
}

const WORDS: Record<WorkerRole, string> = {
  all: 'fetch and recognise',
  fetch: 'only fetch',
  recognise: 'only recognise',
}

const countsOf = (workers: readonly WorkerView[]): Record<WorkerRole, number> => {
  const count = (wanted: WorkerRole): number => workers.filter(({ role }) => role === wanted).length
  return { all: count('all'), fetch: count('fetch'), recognise: count('recognise') }
}

const counted = (workers: readonly WorkerView[]): string =>
  Object.entries(countsOf(workers))
    .map(([role, count]) => [count, WORDS[role as WorkerRole]] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(', ')

interface Missing {
  says: string
  cure: string
  lacks: 'fetch' | 'fetchFor' | 'recognise'
  /** For which none fetches. */
  models?: string
}

function missingOf(workers: readonly WorkerView[]): Missing | undefined {
  const start = 'start one: earshot worker --only'
  if (!workers.some(({ role }) => recognises(role)))
    return { says: 'none recognises', cure: `${start} recognise`, lacks: 'recognise' }
  if (!workers.some(({ role }) => fetches(role)))
    return { says: 'none fetches', cure: `${start} fetch`, lacks: 'fetch' }
  if (workers.some(({ role }) => role === 'fetch')) return undefined
  // A worker that does everything takes the work for its own models.
  const whole = new Set(workers.filter(({ role }) => role === 'all').flatMap(namesOf))
  const alone = [...new Set(workers.flatMap(namesOf))].filter((model) => !whole.has(model))
  if (alone.length === 0) return undefined
  const models = alone.join(', ')
  return { says: `none fetches for ${models}`, cure: `${start} fetch`, lacks: 'fetchFor', models }
}

const namesOf = ({ models }: WorkerView): string[] => models.map(({ model }) => model)
