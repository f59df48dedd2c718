import { Gauge, type Registry } from 'prom-client'
import { countEnded, countOpen, longestWait } from '../../../domain/transcriptions/queries.ts'
import { listWorkers } from '../../../domain/workers/list.ts'
import type { HttpDeps } from '../../context.ts'
import { inTime } from './in-time.ts'

const LATELY_MS = 300_000

/**
 * Figures that stand in the database. While it is away they are not known, and all others are wanted the more.
 * @returns what reads them anew
 */
export function storedFigures(deps: HttpDeps, registers: Registry[]): () => Promise<void> {
  const up = new Gauge({
    name: 'earshot_database_up',
    help: 'Whether the database answers: 1 or 0.',
    registers,
  })
  const transcriptions = new Gauge({
    name: 'earshot_transcriptions',
    help: 'Transcriptions that wait for a worker, and that run.',
    labelNames: ['state'],
    registers,
  })
  const ended = new Gauge({
    name: 'earshot_transcriptions_ended_lately',
    help: 'Transcriptions that ended in the last five minutes, by how they did.',
    labelNames: ['state'],
    registers,
  })
  const oldest = new Gauge({
    name: 'earshot_queue_oldest_seconds',
    help: 'How long the transcription that waits longest has waited; 0: none waits.',
    registers,
  })
  const workers = new Gauge({
    name: 'earshot_workers',
    help: 'Processes that do the work and have said so lately, on whatever machine.',
    registers,
  })
  return async () => {
    const read = Promise.all([
      countOpen(deps),
      longestWait(deps),
      listWorkers(deps),
      countEnded(deps, LATELY_MS),
    ])
    const found = await inTime(read).catch(() => undefined)
    up.set(found ? 1 : 0)
    for (const [gauge, counts] of [
      [transcriptions, found?.[0]],
      [ended, found?.[3]],
    ] as const) {
      gauge.reset()
      for (const [state, count] of Object.entries(counts ?? {})) gauge.set({ state }, count)
    }
    oldest.set(found?.[1] ?? Number.NaN)
    workers.set(found?.[2].length ?? Number.NaN)
  }
}
