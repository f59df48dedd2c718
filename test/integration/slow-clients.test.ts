/** Connections that only hold a place are ended; one that is slow in earnest is not. */
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type TestServer, testFolder } from '../support/server.ts'

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
const sockets: Socket[] = []

beforeAll(async () => {
  folder = await testFolder()
  server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' })
})
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  await server?.stop()
  await folder?.remove()
})

interface Client {
  /** What the server said, when it has ended the connection. */
  ended: Promise<string>
  open(): boolean
}

/** Sends a beginning, and from then on a piece every half second. */
function client(begin: string, piece = ''): Client {
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1')
  sockets.push(socket)
  let said = ''
  let open = true
  socket.on('error', () => {}).on('data', (data) => (said += String(data)))
  socket.write(begin)
  const timer = piece === '' ? undefined : setInterval(() => socket.write(piece), 500)
  const ended = new Promise<string>((resolve) =>
    socket.once('close', () => {
      open = false
      clearInterval(timer)
      resolve(said)
    }),
  )
  return { ended, open: () => open }
}

const posted = (path: string, more = ''): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n${more}\r\n`

it('are ended, with an answer where they have asked something', async () => {
  const form = 'Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 10000000\r\n'
  const head = `POST /v1/media HTTP/1.1\r\nHost: x\r\nsoku-api-key: ${server.apiKey}\r\n${form}\r\n`
  const file = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'
  const earnest = client(head + file, 'a'.repeat(1000))
  const unended = [
    client('GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: b\r\n'),
    client('GET /healthz HTTP/1.1\r\nHost: x\r\n', 'X-A: b\r\n'),
    client(posted('/v1/payments/webhook')),
    client(posted('/api/dashboard/login', 'Sec-Fetch-Site: same-origin\r\n'), ' '),
    client(head + file, 'a'),
  ]
  const answers = await Promise.all(unended.map(({ ended }) => ended))
  expect(answers).toEqual(unended.map(() => expect.stringMatching(/^HTTP\/1\.1 408 /)))
  expect(earnest.open()).toBe(true)
  expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
})
