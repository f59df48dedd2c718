/** Pages of other origins, in a real browser: those that `EARSHOT_CORS` names may use the APIs, others may not. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, type TestBrowser } from '../support/browser.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, wav } from '../support/tone.ts'

let folder: Awaited<ReturnType<typeof testFolder>>
let pages: Server
let server: TestServer
let apiKey: string
let browser: TestBrowser
/** One page, which is of two origins to a browser. */
let named: string
let stranger: string

beforeAll(async () => {
  pages = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<p>app</p>'))
  await new Promise<void>((done) => pages.listen(0, '127.0.0.1', done))
  const { port } = pages.address() as AddressInfo
  named = `http://127.0.0.1:${port}`
  stranger = `http://localhost:${port}`
  folder = await testFolder()
  const settings = { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1', EARSHOT_CORS: named }
  server = await startServer(folder.dataDir, settings)
  apiKey = (await newAccount(folder.dataDir)).apiKey
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await folder?.remove()
  pages?.close()
})

const sound = Buffer.from(wav(toneAudio([{ word: 'seven', at: 0.3 }], 1))).toString('base64')

/** What a page's script gets to see of an answer. */
interface Seen {
  status?: number
  text?: string
  header?: string | null
  error?: string
}

/** Runs in the page: as an app's own script would ask. */
const ask = (
  page: Page,
  path: string,
  init: { method?: string; headers?: Record<string, string> },
  header = 'content-type',
) =>
  page.evaluate(
    async ({ url, init, header, sound }): Promise<Seen> => {
      const bytes = Uint8Array.from(atob(sound), (c) => c.charCodeAt(0))
      const form = new FormData()
      form.append('file', new Blob([bytes]), 'a.wav')
      form.append('model', 'whisper-1')
      const isForm = url.endsWith('/audio/transcriptions')
      const body = isForm ? form : init.method === 'PATCH' ? bytes : undefined
      try {
        const answer = await fetch(url, { ...init, ...(body && { body }) })
        return { status: answer.status, text: await answer.text(), header: answer.headers.get(header) }
      } catch (error) {
        return { error: String(error) }
      }
    },
    { url: path.startsWith('/') ? server.origin + path : path, init, header, sound },
  )

const withKey = (more: Record<string, string> = {}) => ({ authorization: `Bearer ${apiKey}`, ...more })

it('a page that is named sends a form with its key, and reads the answer and its headers', async () => {
  const page = await browser.visitor(named)
  await page.goto('/')
  const form = { method: 'POST', headers: withKey({ 'x-stainless-lang': 'js' }) }
  const heard = await ask(page, '/v1/audio/transcriptions', form, 'x-request-id')
  expect(heard).toMatchObject({ status: 200, text: expect.stringContaining('"seven"') })
  expect(heard.header).toMatch(/^req_/)
  const models = await ask(page, '/v1/models', { headers: withKey() }, 'x-request-id')
  expect(models).toMatchObject({ status: 200, header: expect.stringMatching(/^req_/) })
  const refused = await ask(page, '/v1/models', { headers: { authorization: 'Bearer sk_live_wrong' } })
  expect(refused).toMatchObject({ status: 401, text: expect.stringContaining('invalid_api_key') })
})

it('it uploads a file in pieces', async () => {
  const page = await browser.visitor(named)
  await page.goto('/')
  const tus = { 'tus-resumable': '1.0.0' }
  const length = String(Buffer.from(sound, 'base64').length)
  const made = await ask(
    page,
    '/v1/uploads',
    { method: 'POST', headers: withKey({ ...tus, 'upload-length': length }) },
    'location',
  )
  expect(made.status).toBe(201)
  const piece = withKey({ ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' })
  const location = new URL(made.header!, server.origin).href
  const sent = await ask(page, location, { method: 'PATCH', headers: piece }, 'earshot-media-id')
  expect(sent).toMatchObject({ status: 204, header: expect.stringMatching(/^media_/) })
})

it('a page that is not named reads nothing, and the dashboard’s side answers none', async () => {
  const page = await browser.visitor(stranger)
  await page.goto('/')
  const form = { method: 'POST', headers: withKey() }
  for (const [path, init] of [
    ['/v1/models', { headers: withKey() }],
    ['/v1/audio/transcriptions', form],
  ] as const)
    expect(await ask(page, path, init)).toEqual({ error: 'TypeError: Failed to fetch' })
  const app = await browser.visitor(named)
  await app.goto('/')
  expect(await ask(app, '/api/dashboard/session', {})).toEqual({ error: 'TypeError: Failed to fetch' })
})
