/** A transcript on the dashboard: read along, corrected, taken away and shared, in a real browser. */
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { upload } from '../support/client.ts'
import {
  type Dashboard,
  expectSound,
  heading,
  logIn,
  makeLogin,
  OWNER,
  openDashboard,
} from '../support/dashboard.ts'
import { FEW_FONTS, fontsOf } from '../support/fonts.ts'
import { nativeClient } from '../support/native.ts'
import { newAccount } from '../support/server.ts'
import { toneAudio, wav } from '../support/tone.ts'
import { writeVoiceModels } from '../support/voices.ts'
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
let fonts: string

beforeAll(async () => {
  fonts = mkdtempSync(join(tmpdir(), 'earshot-fonts-'))
  if (FEW_FONTS) vi.stubEnv('FONTCONFIG_FILE', fontsOf(FEW_FONTS, fonts).FONTCONFIG_FILE)
  dashboard = await openDashboard({
    EARSHOT_SLOTS: '1',
    ...(FEW_FONTS && fontsOf(FEW_FONTS, fonts)),
  })
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
afterAll(async () => {
  await dashboard?.close()
  vi.unstubAllEnvs()
  rmSync(fonts, { recursive: true, force: true })
})
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

const button = (name: string, on: Page | Locator = page) => on.getByRole('button', { name, exact: true })
const line = (n: number, on = page) => on.getByRole('textbox', { name: `Text of line ${n}`, exact: true })
/** Saving takes a moment, and more on a busy machine. */
const soon = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 30_000 })
/** As a person does: click into it, and type. */
async function write(n: number, text: string, on = page): Promise<void> {
  await line(n, on).click()
  await line(n, on).fill(text)
}
/** With the mouse, from the beginning of one word to the end of another. */
async function drag(from: string, to: string): Promise<void> {
  const boxOf = async (word: string) =>
    (await page.locator('[data-text] [data-start]', { hasText: word }).boundingBox())!
  const [begin, end] = [await boxOf(from), await boxOf(to)]
  await page.mouse.move(begin.x + 1, begin.y + begin.height / 2)
  await page.mouse.down()
  await page.mouse.move(end.x + end.width - 1, end.y + end.height / 2, { steps: 5 })
  await page.mouse.up()
}
const saved = (on = page): Promise<void> => on.getByText('All changes saved').waitFor()
const shown = async (on = page): Promise<string[]> =>
  (await on.getByRole('list', { name: 'Transcript' }).locator('p, textarea, [role="textbox"]').all()).reduce<
    Promise<string[]>
  >(async (all, each) => {
    const text = await each.evaluate((e) => (e as unknown as { value?: string }).value ?? e.textContent ?? '')
    return [...(await all), text.trim()]
  }, Promise.resolve([]))
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
  expect(await line(2).inputValue()).toBe('four five')
  await page.keyboard.press('Alt+k')
  await page.locator('[data-spoken]', { hasText: 'six' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('k')
  await expect.poll(() => isPaused()).toBe(true)
  const at = await playerTime()
  await page.keyboard.press('j')
  await expect.poll(() => playerTime()).toBeCloseTo(at - 3, 1)
  for (const _ of [1, 2]) await page.keyboard.press('.')
  expect(await page.locator('audio').evaluate((audio) => audio.playbackRate)).toBe(1.5)
  expect(await page.getByLabel('Playback speed').inputValue()).toBe('1.5')
  await page.getByLabel('Playback speed').selectOption('2')
  expect(await page.locator('audio').evaluate((audio) => audio.playbackRate)).toBe(2)
  expect(await shown()).toEqual(['one two three', 'four five', 'six'])
})

it('opens at a moment, and at words', async () => {
  const { id } = await open('Moments', '?t=4.6')
  expect(await playerTime()).toBeCloseTo(4.6, 1)
  await page.locator('[data-spoken]', { hasText: 'four' }).waitFor()
  await page.goto(`/transcripts/${id}?q=six`)
  await page.getByText('1 of 1').waitFor()
  expect(await page.locator('mark').allTextContents()).toEqual(['six'])
})

it('is corrected where one reads, saved by itself, undone, and the original kept', async () => {
  const { id } = await open('Corrections')
  await write(2, 'four fife')
  await write(2, 'four and five')
  await line(1).click()
  await line(1).press('Home')
  for (const _ of 'one') await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  expect(await shown()).toEqual(['one', 'two three', 'four and five', 'six'])
  await expectSound(page)
  await page.keyboard.press('Control+z')
  expect((await shown())[0]).toBe('one two three')
  await button('Redo').click()
  await line(2).click()
  await page.keyboard.press('Home')
  await page.keyboard.press('Backspace')
  expect((await shown())[0]).toBe('one two three')
  await page.getByLabel('End', { exact: true }).fill('0:03')
  await page.getByLabel('End', { exact: true }).press('Enter')
  await saved()
  const { version, transcript } = await stored(id)
  expect(version).toBeGreaterThan(0)
  expect(transcript?.segments.map(({ text }) => text)).toEqual(['one two three', 'four and five', 'six'])
  expect(transcript?.segments[0]?.end).toBe(3)
  expect(transcript?.segments[1]?.words?.map(({ word }) => word)).toEqual(['four', 'and', 'five'])
  while (await button('Undo').isEnabled()) await button('Undo').click()
  expect(await shown()).toEqual(['one two three', 'four five', 'six'])
  await soon(async () => (await stored(id)).transcript?.text).toBe('one two three four five six')
  await write(3, 'seven')
  await saved()
  await page.reload()
  await heading(page, 'Corrections').waitFor()
  expect((await shown())[2]).toBe('seven')
  await button('Show the original').click()
  await page.getByText('This is the original').waitFor()
  await page.getByText('four five').waitFor()
  await button('Restore the original').click()
  await button('Restore').click()
  await soon(() => shown()).toEqual(['one two three', 'four five', 'six'])
})

it('refuses a mistyped time, and says why beside the field', async () => {
  const { id } = await open('Times')
  await line(2).click()
  await page.getByLabel('Start', { exact: true }).fill('5:00')
  await page.getByLabel('Start', { exact: true }).press('Enter')
  await page.getByText(/^This line ends at 0:0\d\.\d{3}\.$/).waitFor()
  await page.getByLabel('Start', { exact: true }).fill('soon')
  await page.getByText('Write a time like 1:23.5').waitFor()
  await page.getByLabel('Start', { exact: true }).press('Escape')
  await page.getByLabel('End', { exact: true }).fill('5:00')
  await page.getByText(/^The next line ends at /).waitFor()
  await expectSound(page)
  expect((await stored(id)).version).toBe(0)
})

it('leads from one doubtful word to the next', async () => {
  const { id, transcript } = await made('Doubts')
  const segments = transcript!.segments.map((segment) => ({
    ...segment,
    words: segment.words!.map((word) => ({
      ...word,
      probability: /^(two|six)$/.test(word.word) ? 0.3 : 0.98,
    })),
  }))
  await client().call('PATCH', `/transcriptions/${id}`, { segments, version: 0 })
  await page.goto(`/transcripts/${id}`)
  await heading(page, 'Doubts').waitFor()
  expect(await page.locator('[data-doubt]').allTextContents()).toEqual(['two', 'six'])
  await page.keyboard.press('n')
  const selected = () => page.evaluate('getSelection().toString()')
  expect(await selected()).toBe('two')
  expect(await playerTime()).toBeCloseTo(1.2, 0)
  await page.keyboard.type('too')
  expect((await shown())[0]).toBe('one too three')
  await page.keyboard.press('Alt+n')
  expect(await selected()).toBe('six')
  await page.keyboard.press('Alt+n')
  expect(await selected()).toBe('six')
  await saved()
  const { transcript: after } = await stored(id)
  expect(after?.segments[0]?.words?.map(({ probability }) => probability)).toEqual([0.98, undefined, 0.98])
})

it('names speakers, renames them everywhere, and gives them lines by their number', async () => {
  const { id } = await open('Speakers')
  for (const [n, name] of [
    [1, 'S1'],
    [2, 'Ben'],
  ] as const) {
    await line(n).click()
    await page.getByLabel('Speaker', { exact: true }).fill(name)
    await page.getByLabel('Speaker', { exact: true }).press('Enter')
  }
  await line(3).click()
  await page.keyboard.press('Alt+1')
  await page.getByLabel('Name of S1').fill('\u0644\u064a\u0644\u0649')
  // From the right, as such a name is read.
  const direction = await page.evaluate('getComputedStyle(document.activeElement).unicodeBidi')
  expect(direction).toBe('plaintext')
  await page.getByLabel('Name of S1').fill('Ann')
  await button('Rename S1 everywhere').click()
  await saved()
  const speakers = async () => (await stored(id)).transcript?.segments.map(({ speaker }) => speaker)
  expect(await speakers()).toEqual(['Ann', 'Ben', 'Ann'])
  // Three words, across two lines, go to Ben; their lines are cut there, and the numbers stay.
  await drag('two', 'four')
  await page.keyboard.press('2')
  expect(await shown()).toEqual(['one', 'two three', 'four', 'five', 'six'])
  await soon(speakers).toEqual(['Ann', 'Ben', 'Ben', 'Ben', 'Ann'])
  await expectSound(page)
  await button('Undo').click()
  expect(await shown()).toEqual(['one two three', 'four five', 'six'])
  await button('Merge Ben with another speaker').click()
  await page.getByRole('menuitem', { name: 'Ann' }).click()
  await soon(speakers).toEqual(['Ann', 'Ann', 'Ann'])
  await button('Undo').click()
  await soon(speakers).toEqual(['Ann', 'Ben', 'Ann'])
})

it('lets one listen to each speaker, at the longest passage of theirs', async () => {
  const { id, transcript } = await made('Voices')
  const names = ['Ann', 'Ben', 'Ann']
  const segments = transcript!.segments.map((segment, k) => ({ ...segment, speaker: names[k] }))
  await client().call('PATCH', `/transcriptions/${id}`, { segments, version: 0 })
  await page.goto(`/transcripts/${id}`)
  const panel = page.getByRole('region', { name: 'Speakers' })
  await panel.getByText('four five').waitFor()
  await button('Listen to Ben').click()
  await expect.poll(() => playerTime()).toBeGreaterThan(segments[1]!.start)
  await soon(() => isPaused()).toBe(true)
  expect(await playerTime()).toBeLessThan(segments[2]!.start)
})

it('tells the speakers apart again, for as many as there are, and keeps what was typed', async () => {
  writeVoiceModels(join(dashboard.dataDir, 'models/diarization'))
  const { id } = await open('Apart')
  const panel = page.getByRole('region', { name: 'Speakers' })
  const again = async (speakers: string): Promise<void> => {
    await panel.getByLabel('Number of speakers').selectOption(speakers)
    await button('Tell them apart again').click()
  }
  const said = async () =>
    (await stored(id)).transcript?.segments.map(({ speaker, text }) => `${speaker}: ${text}`)
  await write(1, 'one TWO three')
  await again('Automatic')
  await panel.getByText('2 speakers were found.').waitFor()
  await panel.getByLabel('Name of Speaker 2').fill('Ben')
  await button('Rename Speaker 2 everywhere').click()
  await saved()
  expect((await said())?.join(' ')).toMatch(/^Speaker 1: one TWO.* Ben: .*six$/)
  expect(await shown()).toEqual((await said())?.map((line) => line.slice(line.indexOf(': ') + 2)))
  await again('1')
  await panel.getByText('One speaker was found.').waitFor()
  await expect.poll(() => panel.getByLabel(/^Name of /).count()).toBe(1)
  await line(1).waitFor()
  expect(new Set((await said())?.map((line) => line.split(':')[0])).size).toBe(1)
  expect((await said())?.join(' ')).toContain('one TWO')
})

it('offers what was corrected again and again to the vocabulary', async () => {
  // It is left alone where it was right elsewhere: in none of those that were edited last.
  for (let k = 0; k < 9; k++) {
    const { id, transcript } = await made(`Mended ${k}`)
    const segments = JSON.parse(JSON.stringify(transcript!.segments).replaceAll('"six"', '"Sechs"'))
    await client().call('PATCH', `/transcriptions/${id}`, { segments, version: 0 })
  }
  await open('Mended as well')
  await write(3, 'Sechs')
  await saved()
  const offer = page.getByRole('region', { name: 'Vocabulary' })
  await offer.getByText('You corrected “six” to “Sechs” 10 times.').waitFor()
  await expectSound(page)
  await button('Add to the vocabulary').click()
  await offer.waitFor({ state: 'detached' })
  expect((await client().call('GET', '/vocabulary')).body).toEqual({
    keywords: ['Sechs'],
    replacements: [{ from: 'six', to: 'Sechs' }],
  })
  await client().call('PUT', '/vocabulary', {})
})

it('finds and replaces, with a look at it before and a way back', async () => {
  const { id } = await open('Replacing')
  await page.keyboard.press('Control+f')
  await page.getByLabel('Find in the transcript').fill('O')
  await page.getByText('1 of 3').waitFor()
  await page.getByLabel('Replace with').fill('0')
  expect(await page.getByRole('region', { name: 'What it will say' }).locator('ins').count()).toBe(3)
  await expectSound(page)
  await button('Replace').click()
  await button('Replace all 2').click()
  await page.getByText('Replaced 2.').waitFor()
  await saved()
  expect((await stored(id)).transcript?.text).toBe('0ne tw0 three f0ur five six')
  await button('Undo the replacement').click()
  await soon(async () => (await stored(id)).transcript?.text).toBe('0ne two three four five six')
})

it('puts together what two tabs change, and says where it cannot', async () => {
  const { id } = await open('Together')
  const other = await page.context().newPage()
  await other.goto(`/transcripts/${id}`)
  await heading(other, 'Together').waitFor()
  await write(1, 'mine')
  await write(3, 'theirs', other)
  await Promise.all([saved(), saved(other)])
  const both = ['mine', 'four five', 'theirs']
  await soon(async () => (await stored(id)).transcript?.segments.map(({ text }) => text)).toEqual(both)
  await soon(() => shown()).toEqual(both)
  await soon(() => shown(other)).toEqual(both)
  await page.context().setOffline(true)
  await write(2, 'mine, too')
  await write(2, 'theirs, too', other)
  await page.getByText('No connection. Your changes are kept in this browser.').waitFor()
  await page.context().setOffline(false)
  // Whoever came second.
  const clash = async (on: Page): Promise<Page> => {
    await on.getByText('You and somebody else changed the line at').waitFor()
    return on
  }
  const late = await Promise.any([clash(page), clash(other)])
  await expectSound(late)
  await button('Use mine', late).click()
  const mine = late === page ? 'mine, too' : 'theirs, too'
  await soon(async () => (await stored(id)).transcript?.segments[1]?.text).toBe(mine)
  await other.close()
})

it('loses nothing: a page that is gone at once, no connection, a session that ended', async () => {
  const { id } = await open('Kept')
  const text = async () => (await stored(id)).transcript?.text
  await write(1, 'before the crash')
  await page.goto('about:blank')
  await page.goto(`/transcripts/${id}`)
  await heading(page, 'Kept').waitFor()
  expect((await shown())[0]).toBe('before the crash')
  await soon(text).toBe('before the crash four five six')

  await page.context().setOffline(true)
  await write(2, 'offline')
  await page.getByText('No connection. Your changes are kept in this browser.').waitFor()
  await write(3, 'and on')
  await page.context().setOffline(false)
  await soon(text).toBe('before the crash offline and on')

  await page.context().clearCookies()
  await write(1, 'without a session')
  await page.getByText('what you typed in a transcript is kept in this browser').waitFor()
  await logIn(page, OWNER)
  await heading(page, 'Kept').waitFor()
  expect((await shown())[0]).toBe('without a session')
  await soon(text).toBe('without a session offline and on')
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

it('is downloaded with options, after a preview, and the options are remembered', async () => {
  const { id, version } = await open('Chosen')
  const segments = [{ start: 0, end: 9, text: 'one two three four five six', speaker: 'Ann' }]
  await client().call('PATCH', `/transcriptions/${id}`, { segments, version })
  await page.reload()
  const dialog = page.getByRole('dialog')
  const preview = dialog.getByRole('region', { name: 'Preview' })
  const choose = async (): Promise<void> => {
    await button('Download').click()
    await page.getByRole('menuitem', { name: 'More options…' }).click()
    await preview.getByText('one').first().waitFor()
  }
  await choose()
  await preview.getByText('Ann: one two three four five six').waitFor()
  await dialog.getByLabel('Characters per line').fill('16')
  await dialog.getByText('1', { exact: true }).click()
  await dialog.getByRole('switch', { name: 'Speakers' }).click({ force: true })
  await expect.poll(() => preview.textContent()).toMatch(/\none two three\n\n2\n/)
  await expectSound(page)
  const take = async (): Promise<string> => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('link', { name: 'Download' }).click(),
    ])
    return readFile(await file.path(), 'utf8')
  }
  const taken = await take()
  expect(taken).toContain('\none two three\n')
  expect(taken).not.toContain('Ann')
  await choose()
  expect(await dialog.getByLabel('Characters per line').inputValue()).toBe('16')
  await dialog.getByLabel('Format').selectOption({ label: 'Markers for DaVinci Resolve (EDL)' })
  await dialog.getByLabel('Frames per second').selectOption('30')
  await preview.getByText('ResolveColorBlue').waitFor()
  expect(await take()).toMatch(/^TITLE: Chosen\n/)
})

it('is drawn into a video, which is downloaded', async () => {
  await open('Filmed')
  await button('Download').click()
  await page.getByRole('menuitem', { name: 'Video with subtitles…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Video with subtitles' })
  await dialog.getByRole('button', { name: 'Make video' }).waitFor()
  await dialog.getByLabel('Size of the letters').selectOption({ label: 'Large' })
  await dialog.getByLabel('Position').selectOption({ label: 'Top' })
  await expectSound(page)
  await dialog.getByRole('button', { name: 'Make video' }).click()
  const link = dialog.getByRole('link', { name: 'Download' })
  await link.waitFor({ timeout: 240_000 })
  await dialog.getByText('The video is ready').waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()])
  expect(file.suggestedFilename()).toBe('Filmed.mp4')
  expect((await readFile(await file.path())).subarray(4, 8).toString()).toBe('ftyp')
  await dialog.getByRole('button', { name: 'Make it again' }).waitFor()
}, 300_000)

it.skipIf(!FEW_FONTS)('is told of missing fonts before a video is made', async () => {
  const { id, version } = await open('Thai and Japanese')
  const segments = [{ start: 1, end: 2, text: 'Hello สวัสดี 日は' }]
  await client().call('PATCH', `/transcriptions/${id}`, { segments, version })
  await page.reload()
  await button('Download').click()
  await page.getByRole('menuitem', { name: 'Video with subtitles…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Video with subtitles' })
  await dialog.getByText('The server has no font for Thai (ส ว ด) and Japanese (日 は)').waitFor()
  await dialog.getByText('fonts-noto-cjk').waitFor()
  await expectSound(page)
  await dialog.getByRole('button', { name: 'Make video' }).click()
  await dialog.getByRole('button', { name: 'Make it again' }).waitFor()
  await dialog.getByText('The server has no font for Thai').waitFor()
  expect(await dialog.getByRole('alert').count()).toBe(0)
})

it.skipIf(!FEW_FONTS)('is told of what this device cannot print, and only then', async () => {
  const { id, version } = await open('Sent')
  const lines = ['Good morning.', 'صباح الخير', 'Доброе утро', 'สวัสดี 日は']
  const segments = lines.map((text, k) => ({ start: 5 * k, end: 5 * k + 1, text }))
  await client().call('PATCH', `/transcriptions/${id}`, { segments, version })
  await page.reload()
  const dialog = page.getByRole('dialog')
  await button('Download').click()
  await page.getByRole('menuitem', { name: 'Print or save as PDF…' }).click()
  await dialog.getByText('This device has no font for some of the letters: Thai and Japanese').waitFor()
  await dialog.getByText('The PDF would show boxes in their place').waitFor()
  await expectSound(page)
  await dialog.getByLabel('Format').selectOption({ label: 'Word document (DOCX)' })
  await dialog.getByText('looks right only on a device with such a font').waitFor()
  await dialog.getByLabel('Format').selectOption({ label: 'Text (TXT)' })
  await dialog.getByRole('note').waitFor({ state: 'detached' })
})

it('is printed, or saved as a PDF, in the letters of any language', async () => {
  const { id, version } = await open('Printed')
  const texts = ['Good morning.', 'صباح الخير', 'おはようございます', HOSTILE]
  const segments = texts.map((text, k) => ({ start: 5 * k, end: 5 * k + 1, text, speaker: `Voice ${k}` }))
  await client().call('PATCH', `/transcriptions/${id}`, { segments, version })
  await page.reload()
  // As where somebody looks at the browser's dialog: it has not been printed yet.
  await page.evaluate(
    "localStorage.clear(); window.print = () => document.body.setAttribute('data-printing', document.title)",
  )
  const dialog = page.getByRole('dialog')
  await button('Download').click()
  await page.getByRole('menuitem', { name: 'Print or save as PDF…' }).click()
  await dialog.getByRole('region', { name: 'Preview' }).getByText('Good morning.').waitFor()
  await dialog.getByRole('switch', { name: 'Times' }).click({ force: true })
  await expectSound(page)
  await button('Print or save as PDF').click()
  await page.locator('body[data-printing=Printed]').waitFor()
  await page.emulateMedia({ media: 'print' })
  const paper = page.locator('#printed main')
  await paper.waitFor()
  expect(await paper.locator('p').allTextContents()).toEqual(texts.map((text, k) => `Voice ${k}: ${text}`))
  const directions = "[...document.querySelectorAll('#printed p')].map((p) => getComputedStyle(p).direction)"
  expect(await page.evaluate(directions)).toEqual(['ltr', 'rtl', 'ltr', 'ltr'])
  expect(await heading(page, 'Transcript').isVisible()).toBe(false)
  expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-')
  await page.emulateMedia({ media: null })
  await page.evaluate("window.dispatchEvent(new Event('afterprint'))")
  await paper.waitFor({ state: 'detached' })
  await page.locator('[data-text]').first().waitFor()
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

/** Another person of the account, on a screen of their own. */
async function colleague(name: string, size: 'desktop' | 'phone'): Promise<Page> {
  const email = `${name.toLowerCase()}@example.com`
  const invited = await page.request.post('/api/dashboard/invitations', {
    headers: { 'sec-fetch-site': 'same-origin' },
    data: { email, role: 'member' },
  })
  const { token } = (await invited.json()) as { token: string }
  const visitor = await dashboard.browser.visitor(dashboard.server.origin, { size })
  await visitor.goto(`/join#${token}`)
  await makeLogin(visitor, { name, email, password: 'seven-quiet-otters' })
  return visitor
}

it('is commented on by two people, who see each other’s comments without reloading', async () => {
  const { id } = await open('Commented')
  const panel = (on: Page) => on.getByRole('region', { name: 'Comments', exact: true })
  const dialog = (on: Page) => on.getByRole('dialog', { name: 'Comment on this passage' })
  await panel(page).getByText('No open comments.').waitFor()
  await drag('two', 'three')
  await button('Comment', page.getByRole('toolbar', { name: 'Selected words' })).click()
  await dialog(page).getByText('two three').waitFor()
  await dialog(page).getByLabel('Your comment').fill('Is that the number?')
  await expectSound(page)
  await button('Comment', dialog(page)).click()
  await panel(page).getByText('Is that the number?').waitFor()
  await dialog(page).waitFor({ state: 'hidden' })
  const marks = page.locator('mark[data-comment]')
  expect((await marks.allTextContents()).join('')).toBe('two three')
  await expectSound(page)

  const phone = await colleague('Mia', 'phone')
  await phone.goto(`/transcripts/${id}`)
  await phone.getByText('Comments (1)').click()
  await panel(phone).getByText('Olga Owner').waitFor()
  // What it opened by says it already.
  expect(await phone.getByRole('heading', { name: 'Comments' }).count()).toBe(0)
  expect(await button('Edit', panel(phone)).count()).toBe(0)
  await button('Reply', panel(phone)).click()
  await panel(phone).getByLabel('Your comment').fill('It is.')
  await panel(phone).locator('form').getByRole('button', { name: 'Reply' }).click()
  await panel(phone).getByText('It is.', { exact: true }).waitFor()
  await expectSound(phone)
  await panel(page).getByText('It is.', { exact: true }).waitFor()
  await panel(page).getByText('Mia', { exact: true }).waitFor()

  // By the keyboard alone, on a whole line, and from there back into it.
  await line(3).click()
  await page.keyboard.press('Alt+c')
  await dialog(page).getByLabel('Your comment').waitFor()
  await page.keyboard.type('Too late?')
  await page.keyboard.press('Control+Enter')
  await dialog(page).waitFor({ state: 'hidden' })
  await panel(phone).getByText('Too late?').waitFor()
  const order = await panel(page).locator('li [dir="auto"]', { hasText: '?' }).allTextContents()
  expect(order).toEqual(['Is that the number?', 'Too late?'])

  await button('Resolve', panel(phone)).first().click()
  await button('Show 1 resolved comment', panel(phone)).click()
  await panel(phone).getByText('Resolved by Mia').waitFor()
  await button('Show 1 resolved comment', panel(page)).waitFor()
  await soon(() => marks.allTextContents()).toEqual(['six'])
  await panel(phone).getByText('Resolved by Mia').scrollIntoViewIfNeeded()
  await button('Reopen', panel(phone)).click()
  await panel(phone).getByText('Resolved by Mia').waitFor({ state: 'hidden' })
  await phone.context().close()
})

it('keeps a comment with its words, and says when they are gone', async () => {
  const { id } = await open('Anchored')
  const passage = { start: 4.5, end: 4.9, quote: 'four', text: 'Which four?' }
  expect((await client().call('POST', `/transcriptions/${id}/comments`, passage)).status).toBe(201)
  await page.reload()
  const panel = page.getByRole('region', { name: 'Comments', exact: true })
  await panel.getByText('Which four?').waitFor()
  const marks = page.locator('mark[data-comment]')
  const marked = () => marks.allTextContents()
  await soon(marked).toEqual(['four'])
  await write(2, 'well, four and five')
  expect(await marked()).toEqual(['four'])
  await line(2).press('Home')
  await page.keyboard.press('Backspace')
  expect(await shown()).toEqual(['one two three well, four and five', 'six'])
  expect(await marked()).toEqual(['four'])
  await write(1, 'one two three well, nine and five')
  await panel.getByText('The words have been changed since.').waitFor()
  await write(1, 'one two three well')
  await panel.getByText('These words are no longer in the transcript.').waitFor()
  expect(await marked()).toEqual([])
  await expectSound(page)
  for (const _ of [1, 2]) await page.keyboard.press('Control+z')
  await soon(marked).toEqual(['four'])
  await panel.getByRole('button', { name: /four/ }).click()
  await soon(() => playerTime()).toBeGreaterThan(4.4)
  expect(await page.locator('mark[data-comment="chosen"]').textContent()).toBe('four')
  // It was written with a key: an owner deletes anybody’s.
  await button('Delete', panel).click()
  await button('Delete', page.getByRole('dialog', { name: 'Delete this comment?' })).click()
  await panel.getByText('No open comments.').waitFor()
  await saved()
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
  await phone.getByRole('textbox', { name: 'Text of line 7001' }).waitFor()
  expect(await phone.locator('li').count()).toBeLessThan(80)
  await expectSound(phone)
  await phone.getByRole('textbox', { name: 'Text of line 7001' }).click()
  await phone.getByLabel('Speaker', { exact: true }).waitFor()
  await expectSound(phone)
  await phone.close()
})
