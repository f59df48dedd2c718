/** What is under way on the dashboard, while an engine works that waits where a test wants to look. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Dashboard, expectSound, heading, logIn, OWNER, openDashboard } from '../support/dashboard.ts'
import { choose, order, recording, wordsOfSrt } from '../support/dashboard-order.ts'
import { startTranscriptionDouble, type TranscriptionDouble } from '../support/transcription-double.ts'

let engine: TranscriptionDouble
let dashboard: Dashboard
let owner: Page

beforeAll(async () => {
  engine = await startTranscriptionDouble()
  dashboard = await openDashboard({
    EARSHOT_ENGINE_URL: engine.url,
    EARSHOT_ENGINE_SPLITTER: 'energy',
    EARSHOT_SLOTS: '1',
  })
  owner = dashboard.owner
})
afterAll(async () => {
  await dashboard?.close()
  await engine?.close()
})
afterEach(() => expect(dashboard.browser.takeFaults()).toEqual([]))

const cancel = (page: Page, title: string) => page.getByRole('button', { name: `Cancel: ${title}` })
const soFar = (page: Page, title: string) => page.getByLabel(`Text so far: ${title}`)

it('is there again on another browser, and can be cancelled', async () => {
  const phone = await dashboard.browser.visitor(dashboard.server.origin, { size: 'phone' })
  await phone.goto('/')
  await logIn(phone, OWNER)
  const { path } = await recording(dashboard, 'long', 2, 60)
  const goOn = engine.hold(1)
  await choose(owner, path)
  await order(owner)
  // The upload before it can be cancelled as well: only its text says that the work has begun.
  await soFar(owner, 'long.flac').waitFor()
  await phone.reload()
  await expectSound(phone)
  await cancel(phone, 'long.flac').click()
  await owner
    .getByText(/cancelled/i)
    .first()
    .waitFor()
  goOn()
  await phone.context().close()
})

it('goes on with its text after the network was cut, and none of it is missing', async () => {
  const { path, text } = await recording(dashboard, 'live', 4, 120)
  const goOn = engine.hold(3)
  await choose(owner, path)
  await order(owner)
  const box = soFar(owner, 'live.flac')
  await box.getByText(/[a-z]/).first().waitFor()
  await owner.context().setOffline(true)
  const before = await box.getByText(/^\d+:\d\d [a-z]/).count()
  const asked = engine.asked.length
  const more = engine.hold(2)
  goOn()
  await expect.poll(() => engine.asked.length, { timeout: 20_000 }).toBeGreaterThan(asked + 1)
  await owner.context().setOffline(false)
  await expect
    .poll(() => box.getByText(/^\d+:\d\d [a-z]/).count(), { timeout: 20_000 })
    .toBeGreaterThan(before)
  more()
  await owner.getByRole('button', { name: 'Download: live.flac' }).waitFor()
  dashboard.browser.takeFaults() // the browser's own lines about the cut network
  const [file] = await Promise.all([
    owner.waitForEvent('download'),
    owner
      .getByRole('button', { name: 'Download: live.flac' })
      .click()
      .then(() => owner.getByRole('menuitem', { name: /SRT/ }).click()),
  ])
  const saved = join(dashboard.dataDir, 'live.srt')
  await file.saveAs(saved)
  expect(wordsOfSrt(await readFile(saved, 'utf8'))).toBe(text)
})

it('has a page of its own, which becomes the finished transcript', async () => {
  const { path, text } = await recording(dashboard, 'own', 5, 90)
  const goOn = engine.hold(3)
  await choose(owner, path)
  await order(owner)
  await owner.getByRole('link', { name: 'own.flac' }).click()
  await heading(owner, 'own.flac').waitFor()
  await soFar(owner, 'own.flac').getByText(/[a-z]/).first().waitFor()
  await owner.getByText('Transcribing').waitFor()
  await owner.getByLabel('Progress of own.flac').waitFor()
  await expectSound(owner)
  goOn()
  const lines = owner.getByRole('textbox', { name: /^Text of line \d+$/ })
  await lines.first().waitFor()
  const shown = (await lines.allTextContents()).join(' ').replace(/\s+/g, ' ')
  expect(text.startsWith(shown.slice(0, 40))).toBe(true)
  expect(await soFar(owner, 'own.flac').count()).toBe(0)
})

it('is cancelled on its own page', async () => {
  const { path } = await recording(dashboard, 'given-up', 6, 60)
  const goOn = engine.hold(1)
  await owner.goto('/')
  await choose(owner, path)
  await order(owner)
  await owner.getByRole('link', { name: 'given-up.flac' }).click()
  await owner.getByRole('button', { name: 'Cancel', exact: true }).click()
  await owner.getByText('This transcription was cancelled').waitFor()
  goOn()
})
