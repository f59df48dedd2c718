/** From a dropped file to a downloaded SRT, as somebody does it who has read nothing. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { SIZES } from '../support/browser.ts'
import { type Dashboard, expectSound, openDashboard } from '../support/dashboard.ts'
import { choose, order, recording, wordsOfSrt } from '../support/dashboard-order.ts'

let dashboard: Dashboard
let owner: Page

beforeAll(async () => {
  dashboard = await openDashboard({ EARSHOT_SLOTS: '1' })
  owner = dashboard.owner
})
afterAll(() => dashboard?.close())
afterEach(() => expect(dashboard.browser.takeFaults()).toEqual([]))

it('whoever comes for the first time is led to a first text', async () => {
  const guide = owner.getByRole('region', { name: 'First steps' })
  await guide.getByRole('link', { name: 'Go to API keys' }).waitFor()
  await expectSound(owner)
  await owner.setViewportSize({ width: 360, height: 740 })
  await expectSound(owner)
  await owner.setViewportSize(SIZES.desktop)
  await guide.getByRole('button', { name: 'Use the sample' }).click()
  await owner.getByText('hello.flac').first().waitFor()
  await owner
    .getByText(/1 credit/)
    .first()
    .waitFor()
  await order(owner)
  await owner.getByRole('button', { name: 'Download: hello.flac' }).waitFor()
  expect(await guide.count()).toBe(0)
})

it('a file is dropped, priced, transcribed, and taken away as SRT', async () => {
  const { path, text } = await recording(dashboard, 'interview', 1, 8)
  await expectSound(owner)
  await choose(owner, path)
  await owner.getByText('interview.flac').first().waitFor()
  await owner
    .getByText(/1 credit/)
    .first()
    .waitFor()
  await expectSound(owner)
  await order(owner)
  await owner.getByRole('button', { name: 'Download: interview.flac' }).click()
  const [file] = await Promise.all([
    owner.waitForEvent('download'),
    owner.getByRole('menuitem', { name: /SRT/ }).click(),
  ])
  const saved = join(dashboard.dataDir, 'taken.srt')
  await file.saveAs(saved)
  expect(wordsOfSrt(await readFile(saved, 'utf8'))).toBe(text)
})

it('an upload goes on where the network was cut', async () => {
  const { path, text } = await recording(dashboard, 'cut-off', 3, 6)
  await owner.context().setOffline(true)
  await choose(owner, path)
  await order(owner)
  await owner.waitForTimeout(300)
  await owner.context().setOffline(false)
  await owner.getByRole('button', { name: 'Download: cut-off.flac' }).waitFor()
  expect(text).not.toBe('')
  dashboard.browser.takeFaults() // the browser's own lines about the cut network
})
