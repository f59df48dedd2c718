/**
 * A request that is answered before its body has come whole: refused by its headers, or in the middle of a
 * form. What is left of the body would be read as the connection's next request, or would keep the client from
 * reading the answer. A short rest is read and thrown away, and the connection goes on. For a longer one the
 * whole answer is sent with `Connection: close`, and the rest is thrown away for a while before the end: a socket
 * that is closed with bytes unread is reset, and the client may lose the answer (nginx calls it lingering close).
 */
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** A rest that is there within this time is short. */
const SHORT_MS = 200
/** As long as nginx lingers. */
const LINGER_MS = 30_000

/** For the whole app, after the hooks that look at answers. */
export function unreadBodies(app: FastifyInstance): void {
  const lingering = new Set<() => void>()
  app.addHook('onSend', async ({ raw }, reply, payload) => {
    if (!hasRest(raw) || (await thrownAway(raw, SHORT_MS))) return payload
    reply.header('connection', 'close')
    return sendAndLinger(raw, reply, payload, lingering)
  })
  app.addHook('preClose', async () => {
    for (const end of lingering) end()
  })
}

/** Requests that are injected without a connection do not know. */
const hasRest = ({ complete }: IncomingMessage): boolean => complete === false

/** The answer with its length, so that the client has all of it while the response still waits for its end. */
function sendAndLinger(
  raw: IncomingMessage,
  reply: FastifyReply,
  payload: unknown,
  lingering: Set<() => void>,
): unknown {
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload
  const bytes = Buffer.from(payload as string)
  reply.header('content-length', bytes.length)
  return Readable.from(
    (async function* () {
      yield bytes
      await thrownAway(raw, LINGER_MS, lingering)
    })(),
  )
}

/** Whether the rest of the body came in time; it is read and thrown away. */
function thrownAway(raw: IncomingMessage, ms: number, early?: Set<() => void>): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      early?.delete(end)
      raw.off('end', end).off('close', end)
      resolve(raw.complete)
    }
    const timer = setTimeout(end, ms)
    early?.add(end)
    raw.once('end', end).once('close', end)
    // Whoever read it so far must not pause it any more.
    raw.unpipe()
    raw.removeAllListeners('data')
    raw.resume()
  })
}
