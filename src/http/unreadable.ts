/** What Node cannot read as a request, and so never becomes one: no route and no hook hears of it. */
import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

const TIMEOUT = 'ERR_HTTP_REQUEST_TIMEOUT'

const REFUSALS: Record<string, [status: string, message: string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The address and the headers are too long.'],
  [TIMEOUT]: ['408 Request Timeout', 'The request took too long.'],
}

/** As long as it takes to read what lies there already. */
const SECOND_LOOK_MS = 1000

/**
 * When this process has slept, or its machine, Node finds that headers are late before it reads what came meanwhile.
 * So they are looked for a second time.
 */
export function refuseUnreadable(server: Server): void {
  const read = new WeakSet<Socket>()
  server.on('request', ({ socket }: IncomingMessage) => void read.add(socket))
  server.on('clientError', (error: { code?: string }, socket: Socket) => {
    if (error.code !== TIMEOUT) return refuse(error, socket)
    read.delete(socket)
    setTimeout(() => read.has(socket) || refuse(error, socket), SECOND_LOOK_MS).unref()
  })
}

/** Says so, and that nothing more is read on this connection: a client would send its next request here. */
function refuse({ code = '' }: { code?: string }, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [status, message] = REFUSALS[code] ?? ['400 Bad Request', 'This is no request of HTTP.']
  const body = JSON.stringify({ error: message })
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      'Connection: close',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  )
}
