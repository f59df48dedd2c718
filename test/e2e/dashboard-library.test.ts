/** The library as people use it: found by what was said, filtered, taken away, deleted. */
import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { SIZES } from '../support/browser.ts'
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
  owner
    .getByRole('list', { name: 'Transcripts' })
    .getByRole('link', { name: /\.wav$/ })
    .allInnerTexts()

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
  await expectInSightOnAPhone()
  await owner.getByRole('button', { name: 'Download', exact: true }).click()
  const [file] = await Promise.all([
    owner.waitForEvent('download'),
    owner.getByRole('menuitem', { name: /SRT/ }).click(),
  ])
  expect(file.suggestedFilename()).toBe('transcripts-srt.zip')
  const zip = await readFile(await file.path())
  for (const word of ['four', 'seven']) expect(textInZip(zip, `${word}.srt`)).toContain(`\n${word}\n`)
  expect(() => textInZip(zip, 'nine.srt')).toThrow()
})

/** The selection bar stays below the header while scrolling, and its menu on the screen. */
async function expectInSightOnAPhone(): Promise<void> {
  const small = { width: 360, height: 500 }
  await owner.setViewportSize(small)
  const bottom = async (of: Locator): Promise<number> => {
    const box = await of.boundingBox()
    return box ? box.y + box.height : 0
  }
  await owner.evaluate('scrollTo(0, document.documentElement.scrollHeight)')
  const head = await bottom(owner.getByRole('banner'))
  const bar = owner.getByRole('region', { name: 'Selection' })
  await expect.poll(async () => (await bar.boundingBox())?.y).toBeGreaterThanOrEqual(head)
  await button('Download').click()
  await expect.poll(() => bottom(owner.getByRole('menu'))).toBeGreaterThan(head)
  expect(await bottom(owner.getByRole('menu'))).toBeLessThanOrEqual(small.height)
  await owner.keyboard.press('Escape')
  await owner.setViewportSize(SIZES.desktop)
}

const select = async (...words: string[]): Promise<void> => {
  for (const word of words) await owner.getByRole('checkbox', { name: `Select ${word}.wav` }).check()
}
const button = (name: string) => owner.getByRole('button', { name, exact: true })
const gone = (word: string) => owner.getByRole('link', { name: `${word}.wav` }).waitFor({ state: 'detached' })

it('sorts, and tags', async () => {
  await button('Select none').click()
  await owner.getByRole('combobox', { name: 'Order' }).click()
  await owner.getByRole('option', { name: 'By title' }).click()
  await owner.waitForURL(/order=title/)
  await expect.poll(titles).toEqual(['four.wav', 'nine.wav', 'seven.wav'])
  await select('four', 'nine')
  await button('Tag').click()
  for (const tag of ['Board', 'Café']) {
    await owner.getByLabel('Tags that all of them have').first().fill(tag)
    await owner.keyboard.press('Enter')
  }
  await expectSound(owner)
  await button('Save tags').click()
  await owner.getByRole('dialog').waitFor({ state: 'detached' })
  await owner.getByRole('link', { name: 'Tag Café' }).first().click()
  await owner.waitForURL(/tag=Caf/)
  await gone('seven')
  await owner.getByRole('link', { name: 'four.wav' }).click()
  await button('Change tags').click()
  const field = owner.getByRole('dialog').getByLabel('Tags').first()
  await field.press('Backspace')
  expect(await owner.getByRole('option', { name: 'Café' }).count()).toBe(0)
  await field.fill('ca')
  await owner.getByRole('option', { name: 'Café' }).waitFor()
  await field.fill('')
  await button('Save tags').click()
  await owner.getByRole('link', { name: 'Tag Café' }).waitFor({ state: 'detached' })
  await owner.getByRole('link', { name: 'Tag Board' }).waitFor()
  await owner.goto('/library')
  await owner.getByRole('link', { name: 'seven.wav' }).waitFor()
})

it('deletes into the bin, undoes it, restores, and empties the bin with a receipt', async () => {
  await select('four', 'seven')
  await button('Delete').click()
  await button('Delete 2 transcripts').click()
  await gone('four')
  expect(await titles()).not.toContain('seven.wav')
  await button('Undo').click()
  await owner.getByRole('link', { name: 'four.wav' }).waitFor()
  await select('four', 'seven')
  await button('Delete').click()
  await button('Delete 2 transcripts').click()
  await gone('four')
  await owner.getByRole('link', { name: 'Bin (2)' }).click()
  await heading(owner, 'Bin').waitFor()
  await owner.getByText('can be restored for 30 days').waitFor()
  await owner.getByText('Nothing has been deleted for good.').waitFor()
  await select('four')
  await expectSound(owner)
  await button('Restore').click()
  await gone('four')
  await owner.getByRole('link', { name: 'seven.wav' }).click()
  await owner.getByText('This transcript is in the bin.').waitFor()
  await owner.goBack()
  await select('seven')
  await button('Delete for good').click()
  await owner.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click()
  await owner.getByText('The bin is empty').waitFor()
  const receipt = owner.getByRole('list', { name: 'Deleted for good' }).getByRole('listitem')
  await receipt.getByText('by Olga Owner').waitFor()
  expect(await receipt.textContent()).toContain('seven.wav')
  await owner.getByRole('link', { name: 'Back to the library' }).click()
  await heading(owner, 'Library').waitFor()
  await expect.poll(titles).toEqual(expect.arrayContaining(['nine.wav', 'four.wav']))
})

it('transcribes several again, and shows the price first', async () => {
  await select('four', 'nine')
  await button('Transcribe again').click()
  await owner.getByText('Costs 2 credits.').waitFor()
  await expectSound(owner)
  await button('Transcribe 2 again').click()
  await heading(owner, 'Transcribe').waitFor()
  await owner.goto('/library?order=title')
  await expect.poll(titles).toEqual(['four.wav', 'four.wav', 'nine.wav', 'nine.wav'])
})

it('saves the retention rules of the account', async () => {
  await owner.goto('/settings')
  await owner.getByLabel('Keep recordings for').fill('90')
  await button('Save rules').click()
  await owner.getByText('Saved', { exact: true }).waitFor()
  await owner.reload()
  await expect.poll(() => owner.getByLabel('Keep recordings for').inputValue()).toBe('90 days')
  await expectSound(owner)
})
