import type pg from 'pg'
import type { Signals } from '../../ports/signals.ts'
import { localSignals } from './local.ts'

const CHANNEL = 'earshot'
const RECONNECT_MS = 1000
/** Who only listens would not notice a connection whose other end is gone. */
const PING_MS = 15_000

/**
 * Many processes: `notify` with topic and id, one listening connection each. A lost connection is made
 * again; what was missed meanwhile is found by the listeners' own looking.
 * @param connect a new client, that is not connected yet
 */
export async function postgresSignals(connect: () => pg.Client, pool: pg.Pool): Promise<Signals> {
  const local = localSignals()
  let closed = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined

  async function listen(): Promise<void> {
    const next = connect()
    next.on('notification', ({ payload }) => {
      const [topic, id] = (payload ?? '').split(' ')
      if (topic && id) local.publish(topic as Parameters<Signals['publish']>[0], id)
    })
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

  await listen().catch((cause) => {
    closed = true
    throw cause
  })
  // What does not answer is given up, which ends the client.
  const ping = setInterval(() => client?.query('select 1').catch(() => {}), PING_MS)
  return {
    publish(topic, id) {
      pool.query('select pg_notify($1, $2)', [CHANNEL, `${topic} ${id}`]).catch(() => {})
    },
    subscribe: local.subscribe,
    async close() {
      closed = true
      clearInterval(ping)
      clearTimeout(timer)
      await local.close()
      await client?.end().catch(() => {})
    },
  }
}
