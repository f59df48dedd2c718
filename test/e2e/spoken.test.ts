/** Real speech through the whole API: flite says it, PocketSphinx hears it. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import OpenAI, { toFile } from 'openai'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { BatchReply } from '../../src/contract/batches.ts'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import type { CreateShareReply } from '../../src/contract/shares.ts'
import type { ListDeliveriesReply, WebhookReply } from '../../src/contract/webhooks.ts'
import { transcribe, upload } from '../support/client.ts'
import { callTool, mcpOverHttp, toolSaid } from '../support/mcp-client.ts'
import { nativeClient } from '../support/native.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'

const SENTENCE = 'the weather is nice today and we are going to walk along the river to the old house'

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer

beforeAll(async () => {
  folder = await testFolder()
  // No model, no address where one could be fetched, and no package index: the stand-in has to do.
  server = await startServer(folder.dataDir, {
    EARSHOT_MODELS_URL: 'http://127.0.0.1:9',
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: folder.dataDir,
    EARSHOT_SLOTS: '1',
  })
})

afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

async function spoken(text: string): Promise<Buffer<ArrayBuffer>> {
  const path = join(folder.dataDir, 'spoken.wav')
  await promisify(execFile)('flite', ['-voice', 'rms', '-t', text, '-o', path])
  return Buffer.from(await readFile(path))
}

it('a plain sentence: at least half the words right, and every surface says that it is a stand-in’s', async () => {
  const recording = await spoken(SENTENCE)
  // What the other doors are given: PocketSphinx is slow.
  const brief = await spoken('hello')
  const { apiKey } = await newAccount(folder.dataDir)
  const { body: media } = await upload(server.origin, apiKey, recording)
  const { mediaId } = media
  const native = nativeClient(server.origin, apiKey)
  // Nobody is there; what is sent is kept.
  const hook = await native.call<WebhookReply>('POST', '/webhooks', { url: 'https://hook.example/' })
  const ask = () =>
    transcribe(server.origin, apiKey, { mediaId, language: 'en' }, { 'idempotency-key': 'spoken' })
  const { status, headers, body } = await ask()
  expect(status).toBe(200)

  const heard = new Set(body.transcript.toLowerCase().split(/\W+/))
  const said = [...new Set(SENTENCE.split(' '))]
  expect(said.filter((w) => heard.has(w)).length).toBeGreaterThanOrEqual(said.length / 2)

  const ready = (await (await fetch(`${server.origin}/readyz`)).json()) as { engines: { standIn: boolean }[] }
  expect(ready.engines[0]!.standIn).toBe(true)
  expect(body.standIn).toBe(true)
  expect(headers.get('earshot-stand-in')).toBe('true')
  const replayed = await ask()
  expect(replayed.headers.get('idempotent-replayed')).toBe('true')
  expect(replayed.headers.get('earshot-stand-in')).toBe('true')

  const openai = new OpenAI({ apiKey, baseURL: `${server.origin}/v1`, maxRetries: 0 })
  const request = { file: await toFile(brief, 'spoken.wav'), model: 'whisper-1' }
  const plain = openai.audio.transcriptions.create(request)
  expect(await plain).toMatchObject({ stand_in: true })
  expect((await plain.asResponse()).headers.get('earshot-stand-in')).toBe('true')
  const events = await openai.audio.transcriptions.create({ ...request, stream: true })
  const types: [string, unknown][] = []
  for await (const event of events) types.push([event.type, (event as { stand_in?: boolean }).stand_in])
  expect(types.at(-1)).toEqual(['transcript.text.done', true])

  const form = (field: string, more: Record<string, string> = {}) => {
    const made = new FormData()
    made.append(field, new Blob([new Uint8Array(brief)]), 'spoken.wav')
    for (const [name, value] of Object.entries(more)) made.append(name, value)
    return made
  }
  const tools: [path: string, type: string, body: FormData | Uint8Array<ArrayBuffer>, field: object][] = [
    ['/asr?output=json', '', form('audio_file'), { stand_in: true }],
    ['/inference', '', form('file', { response_format: 'verbose_json' }), { stand_in: true }],
    ['/v1/listen', 'audio/wav', new Uint8Array(brief), { metadata: { stand_in: true } }],
  ]
  for (const [path, type, sent, field] of tools) {
    const answer = await fetch(`${server.origin}${path}`, {
      method: 'POST',
      headers: {
        authorization: path === '/v1/listen' ? `Token ${apiKey}` : `Bearer ${apiKey}`,
        ...(type !== '' && { 'content-type': type }),
      },
      body: sent,
    })
    expect([path, answer.status, answer.headers.get('earshot-stand-in')]).toEqual([path, 200, 'true'])
    expect(await answer.json(), path).toMatchObject(field)
  }

  const library = await fetch(`${server.origin}/api/public/library/${body.jobId}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  })
  expect(await library.json()).toMatchObject({ id: body.jobId, standIn: true, reused: false })

  const deliveries = `/webhooks/${hook.body.id}/deliveries`
  const { items } = (await native.call<ListDeliveriesReply>('GET', deliveries)).body
  expect(items.map(({ payload }) => JSON.parse(payload) as object)).toContainEqual(
    expect.objectContaining({
      data: expect.objectContaining({ id: body.jobId, standIn: true, reused: false }),
    }),
  )
  const link = await native.call<CreateShareReply>('POST', `/transcriptions/${body.jobId}/shares`, {})
  const shared = await fetch(`${server.origin}/api/shared/${link.body.token}`)
  expect(await shared.json()).toMatchObject({ standIn: true, reused: false })
  const { body: reply } = await native.call<TranscriptionReply>('GET', `/transcriptions/${body.jobId}`)
  expect(reply.standIn).toBe(true)
  const assistant = await mcpOverHttp(server.origin, apiKey)
  const told = await callTool(assistant, 'get_transcript', { id: body.jobId })
  await assistant.close()
  expect(told.structuredContent).toMatchObject({ standIn: true })
  expect(toolSaid(told)).toContain('Heard by a rough stand-in engine')
  const { mediaId: short } = (await upload(server.origin, apiKey, brief)).body
  const { body: batch } = await native.call<BatchReply>('POST', '/batches', { items: [{ mediaId: short }] })
  await vi.waitUntil(
    async () => (await native.call<BatchReply>('GET', `/batches/${batch.id}`)).body.finishedAt !== null,
    { timeout: 120_000, interval: 100 },
  )
  expect(JSON.parse(await (await native.raw(`/batches/${batch.id}.jsonl`)).text())).toMatchObject({
    standIn: true,
  })
})
