/** `earshot/client` on another site's page, in Chromium. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, type TestBrowser } from '../support/browser.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const BUILT = resolve(import.meta.dirname, '../../dist/client/index.js')
const words = toneProgramme(31, 60)

/** The other site: its page has the client as any page has a module. */
const FILES: Record<string, [type: string, body: () => string | Buffer]> = {
  '/': [
    'text/html',
    () => '<!doctype html><script type="module">globalThis.client = await import("/client.js")</script>',
  ],
  '/client.js': ['text/javascript', () => readFileSync(BUILT)],
  '/tones.wav': ['audio/wav', () => wav(toneAudio(words, 60))],
}
const page = createServer((request, response) => {
  const [type, body] = FILES[request.url ?? ''] ?? ['text/plain', () => '']
  response.writeHead(200, { 'content-type': type }).end(body())
})
let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let browser: TestBrowser
let origin: string

beforeAll(async () => {
  await new Promise<void>((done) => page.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(page.address() as AddressInfo).port}`
  folder = await testFolder()
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_CORS: origin,
  })
  browser = await launchBrowser()
})
afterAll(async () => {
  page.closeAllConnections()
  page.close()
  await browser?.close()
  await server?.stop()
  await folder?.remove()
})

it('uploads, follows the events and reads the text, as in Node', async () => {
  const { apiKey } = await newAccount(folder.dataDir)
  const visitor = await browser.visitor(origin)
  await visitor.goto('/')
  await visitor.waitForFunction('globalThis.client')
  const seen = await visitor.evaluate(
    async ({ baseUrl, apiKey }) => {
      const { client } = globalThis as unknown as { client: typeof import('../../src/client/index.ts') }
      const { ApiError, Earshot } = client
      const file = new File([await (await fetch('/tones.wav')).blob()], 'tönes.wav')
      const kinds = new Set<string>()
      const onEvent = ({ type }: { type: string }) => kinds.add(type)
      const earshot = new Earshot({ baseUrl, apiKey })
      const { id, title, transcript } = await earshot.transcribe(file, {}, { onEvent })
      const refusal: unknown = await new Earshot({ baseUrl, apiKey: 'wrong' })
        .credits()
        .catch((e: unknown) => e)
      return {
        kinds: [...kinds],
        title,
        text: transcript?.text,
        srt: await earshot.export(id, 'srt'),
        refusal: refusal instanceof ApiError && [refusal.code, typeof refusal.requestId],
      }
    },
    { baseUrl: server.origin, apiKey },
  )
  expect(seen).toMatchObject({
    kinds: ['upload', 'created', 'progress', 'segment', 'end'],
    title: 'tönes.wav',
    text: words.map(({ word }) => word).join(' '),
    refusal: ['key.invalid', 'string'],
  })
  expect(seen.srt).toMatch(/^1\n00:00:/)
})
