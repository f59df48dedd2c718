import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { refuseUnreadable } from './unreadable.ts'

const HEADERS_MS = 300
const LOOK_MS = 100
const SLEPT_MS = 700

let server: Server
let client: Socket
let answer: string

beforeEach(async () => {
  server = createServer(
    { requestTimeout: 0, headersTimeout: HEADERS_MS, connectionsCheckingInterval: LOOK_MS },
    (_, reply) => void reply.setHeader('Connection', 'close').end('heard'),
  )
  refuseUnreadable(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  answer = ''
  client.setEncoding('utf8').on('data', (text: string) => {
    answer += text
  })
  await once(client, 'connect')
})
afterEach(() => {
  client.destroy()
  server.close()
})

const ended = () => once(client, 'close')

it('headers that never end are refused', async () => {
  client.write('GET / HTTP/1.1\r\nHost: here\r\n')
  await ended()
  expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/)
})

it('headers that came while the process slept are read', async () => {
  client.write('GET / HTTP/1.1\r\n')
  await sleep(HEADERS_MS / 3)
  // Behind what this turn of the event loop reads. In the next one, timers come before it.
  await new Promise(setImmediate)
  client.write('Host: here\r\n\r\n')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SLEPT_MS)
  await ended()
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*heard/)
})
