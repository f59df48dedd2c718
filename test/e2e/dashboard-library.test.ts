/** The library as people use it: found by what was said, filtered, taken away, deleted. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { transcribe, upload } from '../support/client.ts'
import { type Dashboard, expectSound, heading, openDashboard } from '../support/dashboard.ts'
import { toneAudio, wav } from '../support/tone.ts'
import { textInZip } from '../support/zip.ts'

let dashboard: Dashboard
let owner: Page

beforeAll(async () => {
  dashboard = await openDashboard({ EARSHOT_SLOTS: '1' })
  owner = dashboard.owner
})
afterAll(() => dashboard?.close())
afterEach(() => expect(dashboard.browser.takeFaults()).toEqual([]))

const WORDS = ['four', 'seven', 'nine'] as const

/** One transcript of each word, said after three seconds of `one`. */
async function fill(): Promise<void> {
  const { origin, apiKey } = dashboard.server
  for (const word of WORDS) {
    const said = [
      { word: 'one', at: 0.5 },
      { word, at: 3.5 },
    ] as const
    const media = await upload(origin, apiKey, Buffer.from(wav(toneAudio(said, 5))), `${word}.wav`)
    const { status } = await transcribe(origin, apiKey, { mediaId: media.body.mediaId })
    expect(status).toBe(200)
  }
}

const titles = (): Promise<string[]> =>
  owner.getByRole('list', { name: 'Transcripts' }).getByRole('link').allInnerTexts()

it('says what to do while it is empty', async () => {
  await owner.goto('/library')
  await heading(owner, 'Library').waitFor()
  await owner.getByText('No transcripts yet').waitFor()
  await expectSound(owner)
})

it('shows the newest first, and finds what was said, at its moment', async () => {
  await fill()
  await owner.reload()
  await owner.getByRole('link', { name: 'nine.wav' }).waitFor()
  expect(await titles()).toEqual(['nine.wav', 'seven.wav', 'four.wav'])
  await expectSound(owner)
  await owner.getByRole('searchbox', { name: 'Search what was said' }).fill('seven')
  await owner.getByRole('link', { name: 'nine.wav' }).waitFor({ state: 'detached' })
  expect(await owner.locator('mark').allInnerTexts()).toEqual(['seven'])
  expect(owner.url()).toContain('q=seven')
  await owner.locator('a', { has: owner.locator('mark') }).click()
  await owner.waitForURL(/\/transcripts\/.*t=/)
  await owner.goBack()
  await owner.locator('mark').waitFor()
  await owner.getByRole('searchbox', { name: 'Search what was said' }).fill('')
  await owner.getByRole('link', { name: 'nine.wav' }).waitFor()
})

it('takes away and deletes what is selected, and nothing else', async () => {
  for (const word of ['four', 'seven'])
    await owner.getByRole('checkbox', { name: `Select ${word}.wav` }).check()
  await owner.getByText('2 transcripts selected').waitFor()
  await expectSound(owner)
  await owner.getByRole('button', { name: 'Download', exact: true }).click()
  const [file] = await Promise.all([
    owner.waitForEvent('download'),
    owner.getByRole('menuitem', { name: /SRT/ }).click(),
  ])
  expect(file.suggestedFilename()).toBe('transcripts-srt.zip')
  const zip = await readFile(await file.path())
  for (const word of ['four', 'seven']) expect(textInZip(zip, `${word}.srt`)).toContain(`\n${word}\n`)
  expect(() => textInZip(zip, 'nine.srt')).toThrow()
  await owner.getByRole('button', { name: 'Delete', exact: true }).click()
  await owner.getByRole('button', { name: 'Delete 2 transcripts' }).click()
  await owner.getByRole('link', { name: 'four.wav' }).waitFor({ state: 'detached' })
  expect(await titles()).toEqual(['nine.wav'])
})
