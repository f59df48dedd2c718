/** From a dropped file to a downloaded SRT, as somebody does it who has read nothing. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Dashboard, expectSound, logIn, OWNER, openDashboard } from '../support/dashboard.ts'
import { makeMedia } from '../support/media.ts'
import { toneAudio, toneProgramme } from '../support/tone.ts'

let dashboard: Dashboard
let owner: Page

beforeAll(async () => {
  dashboard = await openDashboard({ EARSHOT_SLOTS: '1' })
  owner = dashboard.owner
})
afterAll(() => dashboard?.close())
afterEach(() => expect(dashboard.browser.takeFaults()).toEqual([]))

async function recording(name: string, seed: number, seconds: number) {
  const words = toneProgramme(seed, seconds)
  const path = await makeMedia(dashboard.dataDir, toneAudio(words, seconds), { format: 'flac', name })
  return { path, text: words.map((w) => w.word).join(' ') }
}

const choose = (page: Page, path: string) => page.locator('input[type=file]').setInputFiles(path)
const order = (page: Page) => page.getByRole('button', { name: 'Transcribe', exact: true }).click()
const spoken = (srt: string): string =>
  srt
    .split('\n')
    .filter((line) => /^[a-z]/.test(line))
    .join(' ')

it('a file is dropped, priced, transcribed, and taken away as SRT', async () => {
  const { path, text } = await recording('interview', 1, 8)
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
  expect(spoken(await readFile(saved, 'utf8'))).toBe(text)
})

it('what is under way is there again on another browser, and can be cancelled', async () => {
  const { path } = await recording('long', 2, 1800)
  await choose(owner, path)
  await order(owner)
  await owner
    .getByRole('button', { name: /^Cancel/ })
    .first()
    .waitFor()
  const phone = await dashboard.browser.visitor(dashboard.server.origin, { size: 'phone' })
  await phone.goto('/')
  await logIn(phone, OWNER)
  await phone.getByText('long.flac').first().waitFor()
  await expectSound(phone)
  await phone
    .getByRole('button', { name: /^Cancel/ })
    .first()
    .click()
  await owner
    .getByText(/cancelled/i)
    .first()
    .waitFor()
  await phone.context().close()
})

it('an upload goes on where the network was cut', async () => {
  const { path, text } = await recording('cut-off', 3, 6)
  await owner.context().setOffline(true)
  await choose(owner, path)
  await order(owner)
  await owner.waitForTimeout(300)
  await owner.context().setOffline(false)
  await owner.getByRole('button', { name: 'Download: cut-off.flac' }).waitFor()
  expect(text).not.toBe('')
  dashboard.browser.takeFaults() // the browser's own lines about the cut network
})

it('the text goes on appearing after the network was cut, and none of it is missing', async () => {
  const { path, text } = await recording('live', 4, 1800)
  await choose(owner, path)
  await order(owner)
  await owner.getByLabel('Text so far: live.flac').getByText(/[a-z]/).first().waitFor()
  await owner.context().setOffline(true)
  await owner.waitForTimeout(300)
  await owner.context().setOffline(false)
  await owner.getByRole('button', { name: 'Download: live.flac' }).waitFor({ timeout: 120_000 })
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
  expect(spoken(await readFile(saved, 'utf8'))).toBe(text)
})
