/** Finding one's way in a long recording: the waveform, the outline, and links to just some words. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { upload, uploadFile } from '../support/client.ts'
import { type Dashboard, expectSound, heading, openDashboard } from '../support/dashboard.ts'
import { addLongTranscript } from '../support/filled-library.ts'
import { makeQuietHours } from '../support/long-recording.ts'
import { nativeClient } from '../support/native.ts'
import { toneAudio, wav } from '../support/tone.ts'

let dashboard: Dashboard
let owner: Page
let id: string

const SECONDS = 24
const LINES = [
  { start: 1, speaker: 'Ann', text: 'the harbour was quiet' },
  { start: 9, speaker: 'Ben', text: 'nobody came that day' },
  { start: 17, speaker: 'Ann', text: 'and then the tide turned' },
]

beforeAll(async () => {
  dashboard = await openDashboard({ EARSHOT_SLOTS: '1' })
  owner = dashboard.owner
  const { origin, apiKey } = dashboard.server
  const client = nativeClient(origin, apiKey)
  const tones = LINES.flatMap(({ start }) =>
    [0, 1, 2, 3].map((k) => ({ word: 'one' as const, at: start + k })),
  )
  const audio = new Uint8Array(wav(toneAudio(tones, SECONDS)))
  const { mediaId } = (await upload(origin, apiKey, audio, 'harbour.wav')).body
  const { body } = await client.call<TranscriptionReply>('POST', '/transcriptions', {
    mediaId,
    title: 'Harbour',
  })
  id = body.id
  await client.ended(id)
  const segments = LINES.map(({ start, speaker, text }) => {
    const words = text.split(' ').map((word, k) => ({
      ...{ word, start: start + k, end: start + k + 0.8 },
      probability: word === 'tide' ? 0.3 : 0.99,
    }))
    return { start, end: start + words.length, speaker, text, words }
  })
  await client.call('PATCH', `/transcriptions/${id}`, { segments, version: 0 })
})
afterAll(() => dashboard?.close())
afterEach(() => expect(dashboard.browser.takeFaults()).toEqual([]))

const sliderOf = (page: Page): Locator => page.getByRole('slider', { name: 'Position in the recording' })
const timeOf = (page: Page): Promise<number> => page.locator('audio').evaluate((audio) => audio.currentTime)

async function open(path = `/transcripts/${id}`, page = owner): Promise<Locator> {
  await page.goto(path)
  await heading(page, 'Harbour').waitFor()
  const slider = sliderOf(page)
  await slider.waitFor()
  await expect.poll(() => page.locator('audio').evaluate((audio) => audio.duration)).toBeGreaterThan(20)
  return slider
}

/** How high the bar at a second is, and its colour: what is painted there from top to bottom. */
const barAt = (seconds: number): Promise<{ height: number; colour: string }> =>
  owner.locator('canvas').evaluate((canvas, share) => {
    const { width, height } = canvas
    const left = Math.floor((share * width) / 2) * 2
    const { data } = canvas.getContext('2d')!.getImageData(left, 0, 1, height)
    const rows = Array.from({ length: height }, (_, y) => [...data.slice(4 * y, 4 * y + 4)])
    const painted = rows.filter(([, , , alpha]) => alpha! > 0)
    return { height: painted.length, colour: String(rows[Math.floor(height / 2)]) }
  }, seconds / SECONDS)

it('shows where it is loud, who speaks there, and where nobody does', async () => {
  const slider = await open()
  await expect.poll(async () => (await barAt(1.3)).height).toBeGreaterThan(20)
  const [ann, ben, again, pause] = [await barAt(1.3), await barAt(9.3), await barAt(17.3), await barAt(7)]
  expect(pause.height).toBeLessThan(8)
  expect(new Set([ann, ben, pause].map(({ colour }) => colour)).size).toBe(3)
  expect(again.colour).toBe(ann.colour)
  expect(await slider.getAttribute('aria-valuetext')).toBe('0:00 of 0:24')
  await expectSound(owner)
})

it('leads to any moment, by the pointer and by the keyboard, and enlarges what is there', async () => {
  const slider = await open()
  const box = (await slider.boundingBox())!
  await owner.mouse.click(box.x + (box.width * 10) / SECONDS, box.y + box.height / 2)
  await expect.poll(() => timeOf(owner)).toBeCloseTo(10, 0)
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toContain('Ben')
  await owner.locator('li[aria-current]').getByText('nobody came that day').waitFor()
  for (const [key, second] of [
    ['End', SECONDS],
    ['Home', 0],
    ['ArrowUp', 5],
    ['ArrowDown', 0],
    ['ArrowRight', 10],
  ] as const) {
    await slider.press(key)
    await expect.poll(() => timeOf(owner)).toBeCloseTo(second, 0)
  }
  await slider.press('+')
  await owner.getByText('0:12 in sight').waitFor()
  expect((await slider.boundingBox())!.width).toBeCloseTo(box.width * 2, -1)
  await owner.getByRole('button', { name: 'Show more of the recording' }).click()
  await owner.getByText('0:12 in sight').waitFor({ state: 'detached' })
})

it('a link plays just the words that were selected, with them beside it', async () => {
  await open()
  await selectWords('nobody', 'came')
  const bar = owner.getByRole('toolbar', { name: 'Selected words' })
  await bar.getByRole('button', { name: 'Copy link to quote' }).click()
  await bar.getByText('Link copied').waitFor()
  await expectSound(owner)
  const link = await owner.evaluate<string>('navigator.clipboard.readText()')
  expect(new URL(link).search).toBe('?t=9&to=10.8')

  await open(link)
  const quote = owner.getByRole('region', { name: 'Quote' })
  expect(await quote.locator('blockquote').textContent()).toBe('nobody came')
  await expect.poll(() => owner.locator('mark').allTextContents()).toContain('nobody')
  await playedTo(owner, 10.8)
  // Whoever goes on listens on.
  await owner.locator('audio').evaluate((audio) => audio.play())
  await expect.poll(() => timeOf(owner), { timeout: 30_000 }).toBeGreaterThan(11.5)
  await owner.locator('audio').evaluate((audio) => audio.pause())

  await owner.getByRole('button', { name: 'Share', exact: true }).click()
  await owner.getByRole('button', { name: 'Make link' }).click()
  await owner.getByText('It opens at the quote, and plays just that.').waitFor()
  const address = await owner.getByTestId('value').textContent()
  await owner.keyboard.press('Escape')
  const reader = await dashboard.browser.visitor(dashboard.server.origin, { size: 'phone' })
  await open(address!, reader)
  expect(await reader.getByRole('region', { name: 'Quote' }).locator('blockquote').textContent()).toBe(
    'nobody came',
  )
  await expectSound(reader)
  await playedTo(reader, 10.8)
  await reader.context().close()
})

/** As with a mouse that is pressed at the one and let go at the other. */
async function selectWords(first: string, last: string): Promise<void> {
  const [from, to] = [
    (await owner.getByText(first, { exact: true }).boundingBox())!,
    (await owner.getByText(last, { exact: true }).boundingBox())!,
  ]
  await owner.mouse.move(from.x + 1, from.y + from.height / 2)
  await owner.mouse.down()
  await owner.mouse.move(to.x + to.width - 1, to.y + to.height / 2, { steps: 5 })
  await owner.mouse.up()
}

/** It has played until there, and stopped: by itself where this browser lets a page begin, else by its button. */
async function playedTo(page: Page, seconds: number): Promise<void> {
  const play = page.getByRole('button', { name: 'Play the quote' })
  if ((await timeOf(page)) < 9.1 && (await play.isVisible())) await play.click()
  await expect
    .poll(() => page.locator('audio').evaluate((audio) => audio.paused && audio.currentTime), {
      timeout: 30_000,
    })
    .toBeGreaterThanOrEqual(seconds)
  expect(await timeOf(page)).toBeLessThan(seconds + 1)
}

it('with the keyboard alone, words in the line that is written in', async () => {
  await open()
  await owner.getByRole('textbox', { name: 'Text of line 3' }).click()
  await owner.keyboard.press('Home')
  for (const _ of 'and then') await owner.keyboard.press('Shift+ArrowRight')
  await owner.getByRole('toolbar', { name: 'Selected words' }).waitFor()
  await owner.keyboard.press('Alt+q')
  await owner.getByText('Link copied').waitFor()
  expect(await owner.evaluate<string>('navigator.clipboard.readText()')).toMatch(/\?t=17&to=18\.8$/)
})

it('marks what was looked for in the library, at the place where it was found', async () => {
  await owner.goto('/library?q=tide')
  await owner.getByRole('link', { name: /tide turned/ }).click()
  await heading(owner, 'Harbour').waitFor()
  await expect.poll(() => owner.locator('mark[data-current]').allTextContents()).toEqual(['tide'])
})

it('three hours: chapters, and the same slider', async () => {
  const { server, dataDir } = dashboard
  const { mediaId } = (await uploadFile(server.origin, server.apiKey, await makeQuietHours(dataDir, 3))).body
  const long = { title: 'Three hours', segments: 2400, seconds: 3 * 3600, mediaId }
  const path = `/transcripts/${await addLongTranscript(dataDir, long)}`
  await owner.goto(path)
  const slider = sliderOf(owner)
  await slider.focus()
  await slider.press('End')
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('3:00:00 of 3:00:00')
  const chapters = owner.getByRole('navigation', { name: 'Outline' }).getByRole('button')
  expect(await chapters.count()).toBeGreaterThan(10)
  await chapters.nth(3).click()
  await expect.poll(() => timeOf(owner)).toBeGreaterThan(600)
  await expect.poll(() => chapters.nth(3).getAttribute('aria-current')).toBe('location')
  for (let k = 0; k < 12; k++) await slider.press('+')
  await owner.getByText('0:08 in sight').waitFor()
  // What plays is still in sight.
  const inSight = await slider.evaluate((strip) => {
    const { left, width } = strip.parentElement!.getBoundingClientRect()
    const head = strip.querySelector('div')!.getBoundingClientRect().left
    return head >= left && head <= left + width
  })
  expect(inSight).toBe(true)
  await expectSound(owner)
})
