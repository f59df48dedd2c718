/**
 * Bodies that never come, or come so slowly that they only hold a connection. No limit on the whole time, as
 * Node's `requestTimeout` is one: an upload over a slow line may take hours. The time that we ourselves keep a
 * client waiting does not count.
 */
import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** After a start of so many seconds, a body must have brought so many bytes a second (Apache's mod_reqtimeout). */
const START_SECONDS = 20
const MIN_BYTES_PER_SECOND = 500
/** And so many seconds without a single byte are too many. */
const SILENT_SECONDS = 60
const LOOK_SECONDS = 5

const TOO_SLOW = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'

/** For the whole app, before anything reads. */
export function slowBodies(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }, reply) => {
    // What a test injects comes over no connection.
    if (!hasBody(raw) || !(raw.socket instanceof Socket)) return
    const timer = watch(raw, () => {
      if (!reply.raw.headersSent) raw.socket.write(TOO_SLOW)
      raw.socket.destroySoon()
    })
    raw.once('close', () => clearInterval(timer))
    reply.raw.once('close', () => clearInterval(timer))
  })
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

function watch(raw: IncomingMessage, cut: () => void): NodeJS.Timeout {
  const { socket } = raw
  const first = socket.bytesRead
  let last = first
  let waited = 0
  let silent = 0
  const timer = setInterval(() => {
    if (raw.complete) return clearInterval(timer)
    const now = socket.bytesRead
    // Bytes that are here and unread: it is we who are slow.
    const ours = raw.readableLength > 0
    silent = ours || now > last ? 0 : silent + LOOK_SECONDS
    last = now
    if (!ours) waited += LOOK_SECONDS
    if (silent < SILENT_SECONDS && now - first >= (waited - START_SECONDS) * MIN_BYTES_PER_SECOND) return
    clearInterval(timer)
    cut()
  }, LOOK_SECONDS * 1000)
  return timer.unref()
}
