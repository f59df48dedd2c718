/** Forms that are too large, malformed, or never end, on every door that takes one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ListMediaReply } from '../../src/contract/native.ts'
import { nativeClient } from '../support/native.ts'
import { type RawConnection, rawConnection } from '../support/raw-http.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const MB = 1024 * 1024
const recording = Buffer.from(wav(toneAudio(toneProgramme(3, 3), 3)))

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let apiKey: string

beforeAll(async () => {
  folder = await testFolder()
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_MAX_UPLOAD_MB: '1',
  })
  apiKey = (await newAccount(folder.dataDir)).apiKey
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

const part = (disposition: string, body: Uint8Array | string): Buffer =>
  Buffer.concat([
    Buffer.from(`--x\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`),
    Buffer.from(body as string),
    Buffer.from('\r\n'),
  ])
const field = (name: string, value: string): Buffer => part(`name="${name}"`, value)
const file = (body: Uint8Array, name = 'file'): Buffer => part(`name="${name}"; filename="a.wav"`, body)
const END = Buffer.from('--x--\r\n')

const head = (path: string, length: number | 'chunked'): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nsoku-api-key: ${apiKey}\r\nAuthorization: Bearer ${apiKey}\r\n` +
  'Content-Type: multipart/form-data; boundary=x\r\n' +
  (length === 'chunked' ? 'Transfer-Encoding: chunked\r\n\r\n' : `Content-Length: ${length}\r\n\r\n`)

/** Sends the form on a connection of its own. `promised`: what its header says, where that is another length. */
async function send(path: string, form: Buffer, promised = form.length) {
  const connection = rawConnection(server.origin)
  connection.send(head(path, promised), form)
  return { connection, ...(await connection.answer()) }
}

/** A connection is closed, or it answers what comes next. */
async function expectUsable(connection: RawConnection): Promise<void> {
  if (!connection.closed()) {
    connection.send('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
    const { status } = await connection.answer()
    if (!connection.closed()) expect(status).toBe(200)
  }
  connection.socket.destroy()
}

const codeOf = (body: string): unknown => {
  const { error } = JSON.parse(body) as { error: { code: string; details?: { reasonCode: string } } }
  return error.details?.reasonCode ?? error.code
}

it.each([
  ['a known voice that is too large', [4.1 * MB]],
  ['known voices that are too large together', [3.1, 3.1, 3.1, 3.1].map((mb) => mb * MB)],
])('%s is refused', async (_name, sizes) => {
  const voices = sizes.map((bytes) => field('known_speaker_references[]', 'x'.repeat(bytes)))
  const answer = await send('/v1/audio/transcriptions', Buffer.concat([...voices, file(recording), END]))
  expect([answer.status, codeOf(answer.body)]).toEqual([413, 'request.too_large'])
})

describe.each(['/v1/media', '/v1/audio/transcriptions', '/v1/audio/translations'])('%s', (path) => {
  it.each<[string, () => Buffer, number, string]>([
    [
      'a file that is too large',
      () => Buffer.concat([file(Buffer.alloc(1.5 * MB)), END]),
      413,
      'media.too_large',
    ],
    ['a file in another field', () => Buffer.concat([file(recording, 'wrong'), END]), 400, 'request.invalid'],
    ['two files', () => Buffer.concat([file(recording), file(recording), END]), 400, 'request.invalid'],
    ['no file', () => Buffer.concat([field('model', 'whisper-1'), END]), 400, 'request.invalid'],
    ['no end, in the file', () => file(recording).subarray(0, 20_000), 400, 'request.invalid'],
    ['no end, behind the file', () => file(recording), 400, 'request.invalid'],
    ['another boundary', () => Buffer.from('--y\r\n\r\n\r\n--y--\r\n'), 400, 'request.invalid'],
    ['nothing', () => Buffer.alloc(0), 400, 'request.invalid'],
    [
      'a field that is too large',
      () => Buffer.concat([field('prompt', 'x'.repeat(70_000)), file(recording), END]),
      413,
      'request.too_large',
    ],
    [
      'too many fields',
      () =>
        Buffer.concat([...Array.from({ length: 400 }, (_, n) => field(`f${n}`, 'x')), file(recording), END]),
      413,
      'request.too_large',
    ],
    [
      'fields that are too large together',
      () => Buffer.concat([...Array.from({ length: 15 }, (_, n) => field(`f${n}`, 'x'.repeat(60_000))), END]),
      413,
      'request.too_large',
    ],
    [
      'a part with endless headers',
      () => Buffer.concat([Buffer.from(`--x\r\nX-A: ${'b'.repeat(200_000)}\r\n\r\nx\r\n`), END]),
      400,
      'request.invalid',
    ],
  ])('%s is refused; the connection goes on or ends', async (_name, form, status, code) => {
    const answer = await send(path, form())
    expect([answer.status, codeOf(answer.body)]).toEqual([status, code])
    await expectUsable(answer.connection)
  })

  it('a length beyond all limits is refused before it is sent, and whoever sends it anyway is cut off', async () => {
    const { status, connection, head: headers } = await send(path, file(recording), 3 * 1024 * MB)
    expect(status).toBe(413)
    expect(headers).toMatch(/^connection: close$/im)
    connection.socket.destroy()
  })

  it('a form that goes on for ever is refused', async () => {
    const connection = rawConnection(server.origin)
    connection.send(head(path, 'chunked'))
    const chunk = field('x', 'y'.repeat(3000))
    let stop = false
    const more = (): void => {
      if (stop || connection.closed()) return
      connection.send(`${chunk.length.toString(16)}\r\n`, chunk, '\r\n')
      setTimeout(more, 1)
    }
    more()
    const { status } = await connection.answer()
    stop = true
    expect(status).toBe(413)
    connection.socket.destroy()
  })
})

it('what is refused leaves nothing in the library', async () => {
  const { body } = await nativeClient(server.origin, apiKey).call<ListMediaReply>('GET', '/media')
  expect(body.items).toEqual([])
})

it.each([
  ['JSON', '/v1/transcriptions', 'application/json'],
  ['JSON for SoScripted', '/api/public/transcribe', 'application/json'],
  ['a form without a right key', '/v1/media', 'multipart/form-data; boundary=x'],
  ['a piece of no upload', '/v1/uploads', 'application/offset+octet-stream'],
  ['something for nobody', '/v1/nothing', 'multipart/form-data; boundary=x'],
  ['a payment’s event', '/v1/payments/webhook', 'application/json'],
  ['a login', '/api/dashboard/login', 'application/json'],
])('%s that is too large does not poison its connection', async (_name, path, type) => {
  const connection = rawConnection(server.origin)
  const bytes = 5 * MB
  connection.send(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nSec-Fetch-Site: same-origin\r\n` +
      `Authorization: Bearer sk_live_wrongwrong\r\nContent-Type: ${type}\r\nContent-Length: ${bytes}\r\n\r\n`,
    Buffer.alloc(bytes, 65),
  )
  const { status } = await connection.answer()
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
  await expectUsable(connection)
})
