/** One id leads from a request through the worker's log to the end of its transcription; and nothing secret is said. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { transcribe, upload } from '../support/client.ts'
import { earshot, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const words = toneProgramme(8, 10)

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let receiver: Server
let answer: Awaited<ReturnType<typeof transcribe>>
/** A span that the collector received. */
const spans: Span[] = []
let told: string | undefined
let mediaId: string

beforeAll(async () => {
  folder = await testFolder('fixed')
  receiver = createServer((request, response) => void receive(request, response)).listen(0, '127.0.0.1')
  await new Promise((resolve) => receiver.once('listening', resolve))
  const host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_LOG_LEVEL: 'debug',
    EARSHOT_REQUEST_LOG: 'on',
    EARSHOT_WEBHOOK_ALLOW: host,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://${host}/collector`,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-team=ears',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  })
  await fetch(`${server.origin}/v1/webhooks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url: `http://${host}/`, events: ['transcription.succeeded', 'batch.completed'] }),
  })
  const { body } = await upload(server.origin, server.apiKey, Buffer.from(wav(toneAudio(words, 10))))
  mediaId = body.mediaId
  const traceparent = `00-${TRACE}-00f067aa0ba902b7-01`
  answer = await transcribe(server.origin, server.apiKey, { mediaId }, { traceparent })
  while (lines().filter(({ msg }) => msg === 'request').length < 3) await sleep(20)
})
afterAll(async () => {
  await server?.kill()
  receiver?.close()
  await folder?.remove()
})

interface Span {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  attributes: { key: string; value: Record<string, unknown> }[]
  status: { code?: number }
}

/** A webhook's receiver, and an OpenTelemetry collector. */
async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request)
  if (request.url === '/collector/v1/traces') {
    const { resourceSpans } = JSON.parse(body) as {
      resourceSpans: { resource: Pick<Span, 'attributes'>; scopeSpans: { spans: Span[] }[] }[]
    }
    for (const { resource, scopeSpans } of resourceSpans) {
      expect(request.headers['x-team']).toBe('ears')
      expect(valuesOf(resource)).toMatchObject({
        ...{ 'service.name': 'earshot', 'deployment.environment.name': 'test' },
      })
      spans.push(...scopeSpans.flatMap((scope) => scope.spans))
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    return
  }
  told = request.headers.traceparent as string | undefined
  response.writeHead(204).end()
}

const valuesOf = ({ attributes }: Pick<Span, 'attributes'>): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

type Line = Record<string, unknown>

const lines = (): Line[] =>
  server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line)

const requestId = (): string => answer.headers.get('x-request-id')!

it('every line about the work has the request, the trace and the account', async () => {
  const account = expect.stringMatching(/^acct_/)
  const ours = () => lines().filter(({ transcription }) => transcription !== undefined)
  // The last of them may come after the answer.
  await expect
    .poll(() => ours().map(({ msg }) => msg), { timeout: 60_000 })
    .toEqual(expect.arrayContaining(['claimed', 'transcribed']))
  for (const line of ours()) expect(line).toMatchObject({ request: requestId(), trace: TRACE, account })
})

it('and those about the webhook that tells of it', async () => {
  const delivered = () => lines().find(({ msg }) => msg === 'the webhook was delivered')
  await expect.poll(delivered, { timeout: 60_000 }).toMatchObject({ status: 204, attempts: 1 })
  const { transcription } = lines().find(({ msg }) => msg === 'transcribed')!
  expect(delivered()).toMatchObject({ transcription, request: requestId(), trace: TRACE })
})

it('sends a trace to the collector, from the request to the webhook', async () => {
  const named = (name: string) => spans.find((span) => span.name === name && span.traceId === TRACE)
  const names = ['POST /v1/ai/transcribe', 'queue', 'transcription', 'acquire', 'part', 'engine', 'webhook']
  await expect.poll(() => names.filter((name) => !named(name)), { timeout: 60_000 }).toEqual([])
  const { transcription } = lines().find(({ msg }) => msg === 'transcribed')!
  const [request, queue, job, acquire, part, engine, webhook] = names.map((name) => named(name)!)
  // The parent is the client's span.
  expect(request!.parentSpanId).toBe('00f067aa0ba902b7')
  expect(valuesOf(request!)).toMatchObject({
    ...{ 'http.route': '/v1/ai/transcribe', 'earshot.request': requestId() },
  })
  for (const under of [queue, job, webhook]) expect(under!.parentSpanId).toBe(request!.spanId)
  for (const under of [acquire, part]) expect(under!.parentSpanId).toBe(job!.spanId)
  expect(engine!.parentSpanId).toBe(part!.spanId)
  expect(valuesOf(job!)).toMatchObject({
    ...{
      'earshot.transcription': transcription,
      'earshot.end': 'succeeded',
      'earshot.attempt': expect.anything(),
    },
  })
  expect(told).toBe(`00-${TRACE}-${webhook!.spanId}-01`)
  const said = JSON.stringify(spans)
  expect(said).not.toContain(server.apiKey)
  expect(said).not.toContain('/healthz')
  for (const { word } of words.slice(0, 3)) expect(said).not.toContain(`"${word}`)
})

it('the items of a batch belong to the request for the batch, and so does the webhook at its end', async () => {
  const headers = { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' }
  const trace = TRACE.replace('4', '5')
  const begun = await fetch(`${server.origin}/v1/batches`, {
    method: 'POST',
    headers: { ...headers, traceparent: `00-${trace}-00f067aa0ba902b8-01` },
    body: JSON.stringify({ items: [{ mediaId }] }),
  })
  expect(begun.status).toBe(202)
  const { id: batch } = (await begun.json()) as { id: string }
  const delivered = () => lines().find((line) => line.batch === batch && line.status === 204)
  await expect.poll(delivered, { timeout: 60_000 }).toMatchObject({ msg: 'the webhook was delivered', trace })
  const ours = lines().filter((line) => line.trace === trace && line.transcription !== undefined)
  expect(ours.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['claimed', 'transcribed']))
  for (const line of ours)
    expect(line).toMatchObject({
      request: begun.headers.get('x-request-id'),
      account: expect.stringMatching(/^acct_/),
    })
  const named = (name: string) => spans.find((span) => span.name === name && span.traceId === trace)
  const under = ['transcription', 'webhook'] as const
  await expect.poll(() => under.filter((name) => !named(name)), { timeout: 60_000 }).toEqual([])
  for (const name of under) expect(named(name)!.parentSpanId).toBe(named('POST /v1/batches')!.spanId)
})

it('every request has a line, without what it carried', () => {
  const [, uploaded, asked] = lines().filter(({ msg }) => msg === 'request')
  expect(uploaded).toMatchObject({ method: 'POST', route: '/v1/media', status: 201 })
  expect(asked).toMatchObject({
    ...{ method: 'POST', route: '/v1/ai/transcribe', status: 200, request: requestId(), trace: TRACE },
    account: expect.stringMatching(/^acct_/),
    ms: expect.any(Number),
  })
  const logged = lines()
    .map((line) => JSON.stringify(line))
    .join('\n')
  expect(logged).not.toContain(server.apiKey)
  expect(logged).not.toContain(
    words
      .slice(0, 3)
      .map(({ word }) => word)
      .join(' '),
  )
})

it('says at the level debug why a request is refused', async () => {
  await transcribe(server.origin, server.apiKey, { mediaId: 'media_none' })
  await expect
    .poll(() => lines().find(({ msg }) => msg === 'refused'))
    .toMatchObject({ level: 20, code: expect.any(String), request: expect.stringMatching(/^req_/) })
})

it('`earshot job` tells its life', async () => {
  const id = lines().find(({ msg }) => msg === 'transcribed')!.transcription as string
  const { stdout } = await earshot(folder.dataDir, ['job', id])
  const [first, ...moments] = stdout.trimEnd().split('\n')
  expect(first).toBe(`${id} succeeded`)
  expect(moments.map((line) => line.split(/ {2,}/)[2]!.split(' ')[0])).toEqual([
    'accepted',
    'begun',
    'succeeded',
    'webhook',
  ])
  expect(moments[0]).toContain(`request=${requestId()} trace=${TRACE}`)
  expect(moments[2]).toContain('credits=1')
  const { stdout: json } = await earshot(folder.dataDir, ['job', id, '--json'])
  expect(JSON.parse(json)).toMatchObject({ id, state: 'succeeded', moments: { length: 4 } })
  const none = await earshot(folder.dataDir, ['job', 'tj_none'])
  expect(none).toMatchObject({ code: 1, stderr: 'earshot: There is no transcription tj_none.\n' })
})
