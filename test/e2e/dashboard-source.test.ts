/** Transcripts of links on the dashboard: the recording is elsewhere, and the times lead there where they can. */
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { BatchReply } from '../../src/contract/batches.ts'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import type { CreateShareReply } from '../../src/contract/shares.ts'
import type { ListDeliveriesReply, WebhookReply } from '../../src/contract/webhooks.ts'
import { type Dashboard, expectSound, openDashboard } from '../support/dashboard.ts'
import { callTool, mcpOverHttp, toolSaid } from '../support/mcp-client.ts'
import { nativeClient } from '../support/native.ts'
import { type PlatformDouble, startPlatformDouble } from '../support/platform-double/index.ts'
import { ytDlpCommand } from '../support/yt-dlp.ts'

let double: PlatformDouble
let dashboard: Dashboard
let owner: Page

beforeAll(async () => {
  double = await startPlatformDouble()
  dashboard = await openDashboard({
    EARSHOT_SLOTS: '1',
    EARSHOT_YTDLP: await ytDlpCommand(),
    EARSHOT_EGRESS_DIAL: `127.0.0.1:${double.port}`,
    EARSHOT_EGRESS_CA: double.caFile,
  })
  owner = dashboard.owner
})
afterAll(async () => {
  await dashboard?.close()
  await double?.close()
})
afterEach(() => expect(dashboard.browser.takeFaults()).toEqual([]))

async function open(url: string): Promise<TranscriptionReply> {
  const client = nativeClient(dashboard.server.origin, dashboard.server.apiKey)
  const { body } = await client.call<TranscriptionReply>('POST', '/transcriptions', { url, mode: 'speech' })
  const done = await client.ended(body.id)
  expect(done.state).toBe('succeeded')
  await owner.goto(`/transcripts/${done.id}`)
  return done
}

/** What whoever has the transcript's link sees. */
async function readerOf(id: string): Promise<void> {
  const client = nativeClient(dashboard.server.origin, dashboard.server.apiKey)
  const { body } = await client.call<CreateShareReply>('POST', `/transcriptions/${id}/shares`, {})
  await owner.goto(`/shared/${body.token}`)
}

const lines = () => owner.getByRole('list', { name: 'Transcript' })

it('times open YouTube at their moment', async () => {
  const { transcript } = await open('https://www.youtube.com/watch?v=dQw4w9WgXcQ')
  const seconds = Math.floor(transcript!.segments[0]!.start)
  const time = lines()
    .getByRole('link', { name: /^Open at / })
    .first()
  expect(await time.getAttribute('href')).toBe(`https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=${seconds}s`)
  expect(await time.getAttribute('rel')).toBe('noreferrer')
  await owner.getByRole('link', { name: 'Open on YouTube' }).first().waitFor()
  expect(await owner.locator('audio, video').count()).toBe(0)
  await expectSound(owner)
})

describe('what an earlier transcript answered says so', () => {
  const url = 'https://www.youtube.com/watch?v=listvideo01'
  const json = (path: string, headers: Record<string, string>, body: object = { url }) =>
    fetch(dashboard.server.origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const bearer = (more: Record<string, string> = {}) => ({
    authorization: `Bearer ${dashboard.server.apiKey}`,
    ...more,
  })
  /** Doors may ask for it in different ways: the second request of each finds its first. */
  async function twice<T>(ask: () => Promise<T>): Promise<T> {
    await ask()
    return ask()
  }

  it('to SoScripted’s clients', async () => {
    const path = '/api/public/transcribe'
    const answer = await twice(async () => {
      const response = await json(path, bearer())
      return { header: response.headers.get('earshot-reused'), body: await response.json() }
    })
    expect(answer).toMatchObject({ header: 'true', body: { ok: true, reused: true } })
    const events = await (await json(path, bearer({ accept: 'text/event-stream' }))).text()
    expect(events).toMatch(/^event: final\ndata: .*"reused":true/m)
  })

  it('to Deepgram’s', async () => {
    const answer = await twice(async () => {
      const response = await json('/v1/listen', { authorization: `Token ${dashboard.server.apiKey}` })
      return { header: response.headers.get('earshot-reused'), body: await response.json() }
    })
    expect(answer).toMatchObject({ header: 'true', body: { metadata: { reused: true } } })
  })

  it('to assistants', async () => {
    const assistant = await mcpOverHttp(dashboard.server.origin, dashboard.server.apiKey)
    const told = await twice(() => callTool(assistant, 'transcribe', { url }))
    await assistant.close()
    expect(told.structuredContent).toMatchObject({ reused: true })
    expect(toolSaid(told)).toContain('Answered from an earlier transcription')
  })

  it('in the native API, to webhooks, in a batch, on the page and behind its link for readers', async () => {
    const client = nativeClient(dashboard.server.origin, dashboard.server.apiKey)
    // Nobody is there; what is sent is kept.
    const hook = await client.call<WebhookReply>('POST', '/webhooks', { url: 'https://hook.example/' })
    const done = await twice(() => open(url))
    expect(done.reused).toBe(true)
    await owner.getByText(/answered from an earlier transcript of this link/).waitFor()
    const { items } = (await client.call<ListDeliveriesReply>('GET', `/webhooks/${hook.body.id}/deliveries`))
      .body
    expect(items.map(({ payload }) => JSON.parse(payload) as object)).toContainEqual(
      expect.objectContaining({
        data: expect.objectContaining({ id: done.id, standIn: false, reused: true }),
      }),
    )
    await readerOf(done.id)
    await owner.getByText(/answered from an earlier transcript of this link/).waitFor()
    const { body: batch } = await client.call<BatchReply>('POST', '/batches', {
      items: [url],
      mode: 'speech',
    })
    await expect
      .poll(async () => (await client.call<BatchReply>('GET', `/batches/${batch.id}`)).body.state, {
        timeout: 120_000,
      })
      .toBe('completed')
    const line = await (await client.raw(`/batches/${batch.id}.jsonl`)).text()
    expect(JSON.parse(line)).toMatchObject({ reused: true })
  })
})

it('says on the page that only the stand-in heard it', async () => {
  const { id } = await open('https://www.youtube.com/watch?v=listvideo04')
  const db = new DatabaseSync(join(dashboard.dataDir, 'earshot.db'), { timeout: 10_000 })
  db.prepare('update transcriptions set stand_in = 1 where id = ?').run(id)
  db.close()
  await owner.reload()
  await owner.getByText('Made by a rough stand-in').waitFor()
  await expectSound(owner)
  await readerOf(id)
  await owner.getByText('Made by a rough stand-in').waitFor()
  await expectSound(owner)
})

it('times promise nothing where a platform takes none', async () => {
  await open('https://www.tiktok.com/@double/video/7106594312292453675')
  await owner.getByText('TikTok cannot be opened at a moment').waitFor()
  await owner.getByRole('link', { name: 'Open on TikTok' }).first().waitFor()
  expect(await lines().getByRole('link').count()).toBe(0)
  await expectSound(owner)
})
