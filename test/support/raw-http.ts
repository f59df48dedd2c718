/** Requests byte by byte, for what no proper client sends. */
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface RawConnection {
  socket: Socket
  send(...parts: (string | Uint8Array)[]): void
  /** The next response's status line and headers, and what has come of its body. */
  answer(): Promise<{ status: number; head: string; body: string }>
  /** Whether the server has closed the connection. */
  closed(): boolean
}

export function rawConnection(origin: string): RawConnection {
  const { port, hostname } = new URL(origin)
  const socket = connect(Number(port), hostname)
  let got = ''
  let closed = false
  socket.setEncoding('latin1').on('data', (text: string) => {
    got += text
  })
  socket
    .on('error', () => {})
    .on('close', () => {
      closed = true
    })
  return {
    socket,
    send(...parts) {
      for (const part of parts) socket.write(part)
    },
    async answer() {
      while (!complete(got) && !closed) await pause(10)
      const [head = '', ...rest] = got.split('\r\n\r\n')
      got = ''
      return { status: Number(head.split(' ')[1] ?? 0), head, body: rest.join('\r\n\r\n') }
    },
    closed: () => closed,
  }
}

/** All of the response is here, as far as its length is known. */
function complete(text: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /^content-length: (\d+)$/im.exec(text.slice(0, end))?.[1]
  return length === undefined || text.length >= end + 4 + Number(length)
}
