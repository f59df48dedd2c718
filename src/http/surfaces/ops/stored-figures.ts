import { Gauge, type Registry } from 'prom-client'
import { countByState, longestWait } from '../../../domain/transcriptions/queries.ts'
import { listWorkers } from '../../../domain/workers/list.ts'
import type { HttpDeps } from '../../context.ts'
import { inTime } from './in-time.ts'

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
    help: 'Stored transcriptions by state.',
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
    const read = Promise.all([countByState(deps), longestWait(deps), listWorkers(deps)])
    const found = await inTime(read).catch(() => undefined)
    up.set(found ? 1 : 0)
    transcriptions.reset()
    for (const { state, count } of found?.[0] ?? []) transcriptions.set({ state }, count)
    oldest.set(found?.[1] ?? Number.NaN)
    workers.set(found?.[2].length ?? Number.NaN)
  }
}
