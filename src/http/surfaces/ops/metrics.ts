/** `GET /metrics` in Prometheus' text format. Counts and times only: no names, no keys, no text. */
import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { countByState, longestWait } from '../../../domain/transcriptions/queries.ts'
import { listWorkers } from '../../../domain/workers/list.ts'
import type { Engine } from '../../../ports/engine.ts'
import type { HttpDeps } from '../../context.ts'

/** Seconds; the last ones are those of blocking transcriptions. */
const BUCKETS = [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600]

/** Counts every request of `root`, and serves the figures on `app`. */
export function metrics(root: FastifyInstance, app: FastifyInstance, deps: HttpDeps): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const labelNames = ['method', 'route', 'status'] as const
  const requests = new Histogram({
    name: 'earshot_http_request_seconds',
    help: 'Time from a request’s arrival to the end of its response.',
    labelNames,
    buckets: BUCKETS,
    registers,
  })
  const aborted = new Counter({
    name: 'earshot_http_aborted_total',
    help: 'Requests whose client went away before the response ended.',
    registers,
  })
  if (deps.engine) engineGauges(deps.engine, registers)
  new Gauge({
    name: 'earshot_transcriptions',
    help: 'Stored transcriptions by state.',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset()
      for (const { state, count } of await countByState(deps)) this.set({ state }, count)
    },
  })
  new Gauge({
    name: 'earshot_queue_oldest_seconds',
    help: 'How long the transcription that waits longest has waited; 0: none waits.',
    registers,
    async collect() {
      this.set(await longestWait(deps))
    },
  })
  new Gauge({
    name: 'earshot_workers',
    help: 'Processes that do the work and have said so lately, on whatever machine.',
    registers,
    async collect() {
      this.set((await listWorkers(deps)).length)
    },
  })

  root.addHook('onResponse', async ({ method, routeOptions }, reply): Promise<void> => {
    // The route's pattern, never the path: ids would make a series each.
    const labels = { method, route: routeOptions.url ?? 'none', status: String(reply.statusCode) }
    requests.observe(labels, reply.elapsedTime / 1000)
  })
  root.addHook('onRequestAbort', async (_request) => aborted.inc())
  app.get('/metrics', async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()))
}

function engineGauges(engine: Engine, registers: Registry[]): void {
  new Gauge({
    name: 'earshot_engine_slots',
    help: 'Engine processes of this server by state.',
    labelNames: ['state'],
    registers,
    collect() {
      this.reset()
      for (const { state } of engine.slotStates()) this.inc({ state })
    },
  })
  new Gauge({
    name: 'earshot_engine_restarts',
    help: 'How often engine processes had to be started again.',
    registers,
    collect() {
      this.set(engine.slotStates().reduce((n, slot) => n + slot.restarts, 0))
    },
  })
}
