/** However much there is, the page holds what is seen of it: thousands of transcripts, hours of text. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { uploadFile } from '../support/client.ts'
import { type Dashboard, heading, openDashboard } from '../support/dashboard.ts'
import { addLongTranscript, fillLibrary } from '../support/filled-library.ts'
import { makeQuietHours } from '../support/long-recording.ts'

const ROWS = 10_000
const SEGMENTS = 8000
const HOURS = 10
/** Far more than a window shows, far less than there are. */
const A_FEW = 80

let dashboard: Dashboard
let owner: Page

beforeAll(async () => {
  dashboard = await openDashboard({ EARSHOT_SLOTS: '1' })
  owner = dashboard.owner
})
afterAll(() => dashboard?.close())
afterEach(() => expect(dashboard.browser.takeFaults()).toEqual([]))

it('a library of thousands', async () => {
  await fillLibrary(dashboard.dataDir, ROWS)
  await owner.goto('/library')
  const rows = owner.getByRole('list', { name: 'Transcripts' }).getByRole('listitem')
  await rows.first().waitFor()
  let most = 0
  for (let last = 0; last < 1000; ) {
    await owner.evaluate('scrollTo(0, document.documentElement.scrollHeight)')
    await expect.poll(async () => lastIndex(), { timeout: 20_000 }).toBeGreaterThan(last)
    last = await lastIndex()
    most = Math.max(most, await rows.count())
  }
  expect(most).toBeLessThan(A_FEW)
})

const lastIndex = (): Promise<number> =>
  owner.evaluate("Number([...document.querySelectorAll('[data-index]')].at(-1)?.dataset.index)")

it('a transcript of ten hours, whose player leads to the right segment', async () => {
  const recording = await makeQuietHours(dashboard.dataDir, HOURS)
  const { origin, apiKey } = dashboard.server
  const { mediaId } = (await uploadFile(origin, apiKey, recording)).body
  const seconds = HOURS * 3600
  const long = { title: 'Ten hours', segments: SEGMENTS, seconds, mediaId }
  const id = await addLongTranscript(dashboard.dataDir, long)
  await owner.goto(`/transcripts/${id}`)
  await heading(owner, 'Ten hours').waitFor()
  const lines = owner.getByRole('list', { name: 'Transcript' }).getByRole('listitem')
  await lines.first().waitFor()
  expect(await lines.count()).toBeLessThan(A_FEW)
  const length = seconds / SEGMENTS
  for (const segment of [SEGMENTS - 1, 0, SEGMENTS / 2]) {
    await owner.locator('audio').evaluate(
      (audio, at) => {
        audio.currentTime = at
        return audio.play()
      },
      segment * length + 0.1,
    )
    const spoken = owner.locator('li[data-index][aria-current]')
    await spoken.getByText(`segment ${segment} and then`).waitFor()
    expect(await spoken.count()).toBe(1)
    await owner.locator('audio').evaluate((audio) => audio.pause())
    expect(await lines.count()).toBeLessThan(A_FEW)
  }
})
