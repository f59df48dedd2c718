import pg from 'pg'
import type { Signals } from '../../ports/signals.ts'
import { localSignals } from './local.ts'

const CHANNEL = 'earshot'
const RECONNECT_MS = 1000

/**
 * Many processes: `notify` with topic and id, one listening connection each. A lost connection is made
 * again; what was missed meanwhile is found by the listeners' own looking.
 */
export async function postgresSignals(url: string, pool: pg.Pool): Promise<Signals> {
  const local = localSignals()
  let closed = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined

  async function listen(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'earshot-signals' })
    next.on('notification', ({ payload }) => {
      const [topic, id] = (payload ?? '').split(' ')
      if (topic && id) local.publish(topic as Parameters<Signals['publish']>[0], id)
    })
    next.on('error', () => {})
    next.on('end', again)
    client = next
    await next.connect()
    await next.query(`listen ${CHANNEL}`)
  }

  function again(): void {
    if (closed) return
    clearTimeout(timer)
    timer = setTimeout(() => listen().catch(again), RECONNECT_MS)
  }

  await listen()
  return {
    publish(topic, id) {
      pool.query('select pg_notify($1, $2)', [CHANNEL, `${topic} ${id}`]).catch(() => {})
    },
    subscribe: local.subscribe,
    async close() {
      closed = true
      clearTimeout(timer)
      await local.close()
      await client?.end().catch(() => {})
    },
  }
}
