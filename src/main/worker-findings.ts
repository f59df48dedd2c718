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
    },
  ]
}

const WORDS: Record<WorkerRole, string> = {
  all: 'fetch and recognise',
  fetch: 'only fetch',
  recognise: 'only recognise',
}

const counted = (workers: readonly WorkerView[]): string =>
  Object.entries(WORDS)
    .map(([role, words]) => [workers.filter((each) => each.role === role).length, words] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(', ')

function missingOf(workers: readonly WorkerView[]): { says: string; cure: string } | undefined {
  const start = 'start one: earshot worker --only'
  if (!workers.some(({ role }) => recognises(role)))
    return { says: 'none recognises', cure: `${start} recognise` }
  if (!workers.some(({ role }) => fetches(role))) return { says: 'none fetches', cure: `${start} fetch` }
  if (workers.some(({ role }) => role === 'fetch')) return undefined
  // A worker that does everything takes the work for its own models.
  const whole = new Set(workers.filter(({ role }) => role === 'all').flatMap(namesOf))
  const alone = [...new Set(workers.flatMap(namesOf))].filter((model) => !whole.has(model))
  if (alone.length === 0) return undefined
  return { says: `none fetches for ${alone.join(', ')}`, cure: `${start} fetch` }
}

const namesOf = ({ models }: WorkerView): string[] => models.map(({ model }) => model)
