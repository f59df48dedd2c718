/** Transcripts of links on the dashboard: the recording is elsewhere, and the times lead there where they can. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { type Dashboard, expectSound, openDashboard } from '../support/dashboard.ts'
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

it('times promise nothing where a platform takes none', async () => {
  await open('https://www.tiktok.com/@double/video/7106594312292453675')
  await owner.getByText('TikTok cannot be opened at a moment').waitFor()
  await owner.getByRole('link', { name: 'Open on TikTok' }).first().waitFor()
  expect(await lines().getByRole('link').count()).toBe(0)
  await expectSound(owner)
})
