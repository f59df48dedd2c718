/** A transcript on the dashboard: read along, corrected, taken away and shared, in a real browser. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { upload } from '../support/client.ts'
import { type Dashboard, expectSound, heading, openDashboard } from '../support/dashboard.ts'
import { nativeClient } from '../support/native.ts'
import { newAccount } from '../support/server.ts'
import { toneAudio, wav } from '../support/tone.ts'
import { textInZip } from '../support/zip.ts'

const HOSTILE = '<img src=x onerror="document.title=\'broken in\'">'
const SAID = [
  ['one', 0.5],
  ['two', 1.2],
  ['three', 1.9],
  ['four', 4.5],
  ['five', 5.2],
  ['six', 8],
] as const

let dashboard: Dashboard
let page: Page
let mediaId: string

beforeAll(async () => {
  dashboard = await openDashboard({ EARSHOT_SLOTS: '1' })
  page = dashboard.owner
  const audio = toneAudio(
    SAID.map(([word, at]) => ({ word, at })),
    10,
  )
  const { body } = await upload(
    dashboard.server.origin,
    dashboard.server.apiKey,
    new Uint8Array(wav(audio)),
    'talk.wav',
  )
  mediaId = body.mediaId
})
afterAll(() => dashboard?.close())
afterEach(() => expect(dashboard.browser.takeFaults()).toEqual([]))

const client = () => nativeClient(dashboard.server.origin, dashboard.server.apiKey)

/** A transcript of its own for each test. */
async function made(title: string): Promise<TranscriptionReply> {
  const { body } = await client().call<TranscriptionReply>('POST', '/transcriptions', { mediaId, title })
  return client().ended(body.id)
}

async function open(title: string, query = ''): Promise<TranscriptionReply> {
  const transcription = await made(title)
  await page.goto(`/transcripts/${transcription.id}${query}`)
  await heading(page, title).waitFor()
  return transcription
}

const button = (name: string, on = page) => on.getByRole('button', { name, exact: true })
const line = (n: number) => page.getByRole('textbox', { name: `Text of segment ${n}` })
const shown = async (on = page): Promise<string[]> =>
  (await on.getByRole('list', { name: 'Transcript' }).locator('p').allTextContents()).map((text) =>
    text.trim(),
  )
const stored = async (id: string): Promise<TranscriptionReply> =>
  (await client().call<TranscriptionReply>('GET', `/transcriptions/${id}`)).body
const playerTime = (on = page): Promise<number> => on.locator('audio').evaluate((audio) => audio.currentTime)
const isPaused = (on = page): Promise<boolean> => on.locator('audio').evaluate((audio) => audio.paused)

it('marks the word that is spoken, and plays from where one clicks', async () => {
  await open('Numbers')
  expect(await shown()).toEqual(['one two three', 'four five', 'six'])
  await expectSound(page)
  await page.getByText('five', { exact: true }).click()
  await expect.poll(() => playerTime()).toBeGreaterThan(5)
  expect(await isPaused()).toBe(true)
  expect(await page.locator('[data-spoken]').textContent()).toBe('five')
  await page.keyboard.press('k')
  await page.locator('[data-spoken]', { hasText: 'six' }).waitFor()
  await page.keyboard.press('Space')
  await expect.poll(() => isPaused()).toBe(true)
  await page.keyboard.press('j')
  await expect.poll(() => playerTime()).toBe(0)
  await page.getByLabel('Playback speed').selectOption('2')
  expect(await page.locator('audio').evaluate((audio) => audio.playbackRate)).toBe(2)
})

it('opens at a moment, and at words', async () => {
  const { id } = await open('Moments', '?t=4.6')
  expect(await playerTime()).toBeCloseTo(4.6, 1)
  await page.locator('[data-spoken]', { hasText: 'four' }).waitFor()
  await page.goto(`/transcripts/${id}?q=six`)
  await page.getByText('1 of 1').waitFor()
  expect(await page.locator('mark').allTextContents()).toEqual(['six'])
})

it('is corrected, undone, saved, and the original kept', async () => {
  const { id } = await open('Corrections')
  await button('Edit').click()
  await line(2).fill('four fife')
  await line(2).fill('four and five')
  await line(1).press('Home')
  await line(1).press('ArrowRight')
  await line(1).press('ArrowRight')
  await line(1).press('ArrowRight')
  await line(1).press('Enter')
  expect(await line(1).inputValue()).toBe('one ')
  expect(await line(2).inputValue()).toBe('two three')
  await expectSound(page)
  await page.keyboard.press('Control+z')
  expect(await line(1).inputValue()).toBe('one two three')
  await button('Redo').click()
  await line(2).press('Home')
  await line(2).press('Backspace')
  expect(await line(1).inputValue()).toBe('one two three')
  await page.getByLabel('End', { exact: true }).fill('0:03')
  await page.getByLabel('End', { exact: true }).press('Enter')
  await button('Save').click()
  await page.getByText('All saved').waitFor()
  const { version, transcript } = await stored(id)
  expect(version).toBe(1)
  expect(transcript?.segments.map(({ text }) => text)).toEqual(['one two three', 'four and five', 'six'])
  expect(transcript?.segments[0]?.end).toBe(3)
  expect(transcript?.segments[1]?.words?.map(({ word }) => word)).toEqual(['four', 'and', 'five'])
  await page.reload()
  await heading(page, 'Corrections').waitFor()
  expect(await shown()).toEqual(['one two three', 'four and five', 'six'])
  await button('Show the original').click()
  await page.getByText('This is the original').waitFor()
  await page.getByText('four five').waitFor()
  await button('Restore the original').click()
  await button('Restore').click()
  await expect.poll(() => shown()).toEqual(['one two three', 'four five', 'six'])
})

it('names speakers, and renames them everywhere', async () => {
  const { id } = await open('Speakers')
  await button('Edit').click()
  for (const n of [1, 3]) {
    await line(n).click()
    await page.getByLabel('Speaker', { exact: true }).fill('S1')
    await page.getByLabel('Speaker', { exact: true }).press('Enter')
  }
  await page.getByLabel('Name of S1').first().fill('Ann')
  await button('Rename S1 everywhere').first().click()
  await button('Done').click()
  await button('Edit').waitFor()
  const { transcript } = await stored(id)
  expect(transcript?.segments.map(({ speaker }) => speaker)).toEqual(['Ann', undefined, 'Ann'])
})

it('finds and replaces', async () => {
  const { id } = await open('Replacing')
  await button('Edit').click()
  await page.keyboard.press('Control+f')
  await page.getByLabel('Find in the transcript').fill('O')
  await page.getByText('1 of 3').waitFor()
  await page.getByLabel('Replace with').fill('0')
  await button('Replace').click()
  await button('Replace all').click()
  await page.getByText('Not found').waitFor()
  await page.keyboard.press('Control+s')
  await page.getByText('All saved').waitFor()
  expect((await stored(id)).transcript?.text).toBe('0ne tw0 three f0ur five six')
})

it('tells what to do where somebody else saved first', async () => {
  const { id } = await open('Together')
  await button('Edit').click()
  await line(1).fill('mine')
  const theirs = [{ start: 0, end: 1, text: 'theirs' }]
  await client().call('PATCH', `/transcriptions/${id}`, { segments: theirs, version: 0 })
  await button('Save').click()
  await page.getByText('Somebody else saved this transcript').waitFor()
  await button('Keep mine').click()
  await page.getByText('All saved').waitFor()
  expect((await stored(id)).transcript?.segments[0]?.text).toBe('mine')
  await line(1).fill('mine again')
  await client().call('PATCH', `/transcriptions/${id}`, { segments: theirs, version: 2 })
  await button('Save').click()
  await button('Take theirs').click()
  await expect.poll(() => shown()).toEqual(['theirs'])
})

it('asks before changes are lost', async () => {
  await open('Leaving')
  await button('Edit').click()
  await line(1).fill('not saved')
  await page.getByRole('link', { name: 'Library' }).click()
  await button('Stay').click()
  expect(await line(1).inputValue()).toBe('not saved')
  await page.getByRole('link', { name: 'Library' }).click()
  await button('Leave, and lose them').click()
  await heading(page, 'Library').waitFor()
})

it('is copied, and downloaded in every format', async () => {
  await open('Taken away')
  await button('Copy').click()
  await button('Copied').waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('one two three\nfour five\nsix')
  const download = async (name: RegExp): Promise<{ name: string; bytes: Buffer }> => {
    await button('Download').click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name }).click(),
    ])
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
  }
  const srt = await download(/SRT/)
  expect(srt.name).toBe('Taken away.srt')
  expect(srt.bytes.toString()).toMatch(/^1\n00:00:00,\d{3} --> /)
  expect((await download(/TXT/)).bytes.toString()).toContain('one two three')
  expect((await download(/VTT/)).bytes.toString()).toMatch(/^WEBVTT/)
  expect(JSON.parse((await download(/JSON/)).bytes.toString())).toMatchObject({ segments: { length: 3 } })
  const docx = await download(/DOCX/)
  expect(docx.name).toBe('Taken away.docx')
  expect(textInZip(docx.bytes, 'word/document.xml')).toContain('one two three')
})

it('is shared by a link that shows hostile text as text, plays, and can be revoked', async () => {
  const { id } = await open('Shared')
  const segments = [{ start: 0, end: 9, text: HOSTILE, speaker: HOSTILE }]
  await client().call('PATCH', `/transcriptions/${id}`, { segments, version: 0, title: HOSTILE })
  await page.reload()
  await heading(page, HOSTILE).waitFor()
  expect(await page.title()).not.toContain('broken')
  await button('Share').click()
  await button('Make link').click()
  const url = (await page.getByTestId('value').textContent()) ?? ''
  await expectSound(page)

  const reader = await dashboard.browser.visitor(dashboard.server.origin, { size: 'phone', scheme: 'dark' })
  await reader.goto(url)
  await heading(reader, HOSTILE).waitFor()
  expect(await shown(reader)).toEqual([HOSTILE])
  expect(await reader.title()).not.toContain('broken')
  await expectSound(reader)
  await button('Play from 0:00', reader).click()
  await expect.poll(() => playerTime(reader)).toBeGreaterThan(0.2)

  await button('Download', reader).click()
  const [file] = await Promise.all([
    reader.waitForEvent('download'),
    reader.getByRole('menuitem', { name: /SRT/ }).click(),
  ])
  // Captions are broken into lines.
  expect((await readFile(await file.path(), 'utf8')).replaceAll('\n', ' ')).toContain(HOSTILE)

  await button('Revoke link 1').click()
  await page.getByText('None: only your account sees this transcript.').waitFor()
  await reader.reload()
  await reader.getByText('This link no longer works').waitFor()
})

it('is nobody else’s', async () => {
  const { apiKey } = await newAccount(dashboard.dataDir)
  const stranger = nativeClient(dashboard.server.origin, apiKey)
  const { id } = await made('Mine')
  const visitor = await dashboard.browser.visitor(dashboard.server.origin)
  await visitor.goto(`/transcripts/${id}`)
  await visitor.getByLabel('E-mail address').waitFor()
  expect((await stranger.call('GET', `/transcriptions/${id}`)).status).toBe(404)
})

it('fits a phone, and opens ten hours at their moment', async () => {
  const { id } = await made('Long')
  const segments = Array.from({ length: 8000 }, (_, k) => ({
    start: k * 4.5,
    end: k * 4.5 + 4,
    text: `segment ${k} of a long day with several words in it`,
  }))
  await client().call('PATCH', `/transcriptions/${id}`, { segments, version: 0 })
  const phone = await page.context().newPage()
  await phone.setViewportSize({ width: 390, height: 844 })
  await phone.goto(`/transcripts/${id}?t=31500`)
  await phone.getByText('segment 7000 of').waitFor()
  expect(await phone.locator('li').count()).toBeLessThan(80)
  await expectSound(phone)
  await button('Edit', phone).click()
  await phone
    .getByRole('textbox', { name: /^Text of segment / })
    .first()
    .click()
  await expectSound(phone)
  await phone.close()
})
