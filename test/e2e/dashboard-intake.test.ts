/** From anywhere to text: many links and whole folders at once, and what the order says before it begins. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { ListTranscriptionsReply } from '../../src/contract/native.ts'
import { type Dashboard, expectSound, openDashboard } from '../support/dashboard.ts'
import { choose, recording } from '../support/dashboard-order.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { startTranscriptionDouble, type TranscriptionDouble } from '../support/transcription-double.ts'

let engine: TranscriptionDouble
let dashboard: Dashboard
let owner: Page
let client: NativeClient

beforeAll(async () => {
  engine = await startTranscriptionDouble()
  engine.costMs = 300
  dashboard = await openDashboard({
    EARSHOT_ENGINE_URL: engine.url,
    EARSHOT_ENGINE_SPLITTER: 'energy',
    EARSHOT_SLOTS: '1',
    // Nobody listens there: what a link leads to is not fetched.
    EARSHOT_EGRESS_DIAL: '127.0.0.1:9',
  })
  owner = dashboard.owner
  client = nativeClient(dashboard.server.origin, dashboard.server.apiKey)
})
afterAll(async () => {
  await dashboard?.close()
  await engine?.close()
})
afterEach(() => expect(dashboard.browser.takeFaults()).toEqual([]))

/** The machine may be busy with other tests. */
const PATIENCE = { timeout: 60_000 }

const links = () => owner.getByLabel('Or paste links')
const transcribe = (count: number) => owner.getByRole('button', { name: `Transcribe ${count}`, exact: true })

async function urlsOf(host: string): Promise<string[]> {
  const { body } = await client.call<ListTranscriptionsReply>('GET', '/transcriptions?limit=100')
  return body.items
    .flatMap(({ source }) => (source.kind === 'url' && source.url.includes(host) ? [source.url] : []))
    .reverse()
}

it('takes ten links out of a pasted text and orders them all', async () => {
  const wanted = Array.from({ length: 10 }, (_, k) => `https://ten.example/talk-${k}.mp3`)
  const text = wanted.map((url, k) => `${k + 1}. Talk number ${k} (${url}), about 20 min.`).join('\n')
  await owner.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`)
  await links().focus()
  await owner.keyboard.press('ControlOrMeta+V')
  await owner.getByText('10 links found.').waitFor()
  await owner.getByText(/for each started minute of each.*Heard by/).waitFor()
  await expectSound(owner)
  await transcribe(10).click()
  await expect.poll(() => links().inputValue(), PATIENCE).toBe('')
  await expect.poll(() => urlsOf('ten.example'), PATIENCE).toEqual(wanted)
})

it('keeps what was refused in the field, each with its reason', async () => {
  const refused = 'https://user:secret@two.example/'
  await links().fill(
    `https://two.example/a.mp3 ftp://two.example/b.mp3 https://www.youtube.com/feed/history ${refused}`,
  )
  await owner.getByText(/^This is no link: ftp:/).waitFor()
  await transcribe(2).click()
  await owner.getByRole('alert').getByText('https://www.youtube.com/feed/history: ').waitFor()
  await expect
    .poll(async () => (await links().inputValue()).split('\n'), PATIENCE)
    .toEqual(['https://www.youtube.com/feed/history', 'ftp://two.example/b.mp3', refused])
  expect(await urlsOf('two.example')).toEqual(['https://two.example/a.mp3'])
  await expectSound(owner)
  await links().fill('')
})

it('takes the media of a dropped folder and those in it, and says what is left out', async () => {
  const folder = join(dashboard.dataDir, 'talks')
  await mkdir(join(folder, 'day 2'), { recursive: true })
  const place = { ...dashboard, dataDir: folder }
  await recording(place, 'one', 11, 4)
  await recording({ ...dashboard, dataDir: join(folder, 'day 2') }, 'two', 12, 65)
  await writeFile(join(folder, 'notes.txt'), 'what was said')
  await writeFile(join(folder, '.hidden.mp3'), 'no sound')
  await dropOn(owner, folder)
  const chosen = owner.getByRole('list', { name: 'Chosen files' })
  await chosen.getByText('talks/day 2/two.flac').waitFor()
  expect(await chosen.getByRole('listitem').count()).toBe(2)
  await owner.getByText('Left out, because it is no audio or video: talks/notes.txt.').waitFor()
  // 4 s and 65 s: one minute and two.
  await owner.getByText(/^Costs 3 credits\./).waitFor()
  await expectSound(owner)
  await transcribe(2).click()
  await owner.getByRole('button', { name: 'Download: one.flac' }).waitFor()
  await owner.getByRole('button', { name: 'Download: two.flac' }).waitFor()
})

it('lets a folder be chosen', async () => {
  const folder = join(dashboard.dataDir, 'more talks')
  await mkdir(folder)
  await recording({ ...dashboard, dataDir: folder }, 'three', 13, 4)
  const [chooser] = await Promise.all([
    owner.waitForEvent('filechooser'),
    owner.getByRole('button', { name: 'Choose a folder' }).click(),
  ])
  await chooser.setFiles(folder)
  await owner.getByRole('button', { name: 'Leave out more talks/three.flac' }).click()
  await owner.getByRole('list', { name: 'Chosen files' }).waitFor({ state: 'detached' })
})

it('says that files wait for the only slot, and when each will be done', async () => {
  // What was heard before tells how fast the server is.
  await owner.goto('/')
  const goOn = engine.hold(0)
  for (const [k, name] of ['first', 'second', 'third'].entries()) {
    const { path } = await recording(dashboard, name, 21 + k, 90)
    await choose(owner, path)
  }
  await owner.getByText(/^Costs 6 credits\..* Done in /).waitFor()
  await transcribe(3).click()
  const job = (name: string) => owner.getByRole('listitem', { name: `${name}.flac`, exact: true })
  const waiting = async (): Promise<string[]> =>
    (await owner.getByText(/^(Next|Number 2) in the queue\. It will be done in /).allTextContents()).map(
      (text) => text.split('.').at(0) as string,
    )
  await expect
    .poll(async () => (await waiting()).sort(), PATIENCE)
    .toEqual(['Next in the queue', 'Number 2 in the queue'])
  await expect.poll(() => owner.getByText('Transcribing', { exact: true }).count(), PATIENCE).toBe(1)
  await expectSound(owner)
  goOn()
  for (const name of ['first', 'second', 'third'])
    await job(name)
      .getByRole('button', { name: `Download: ${name}.flac` })
      .waitFor(PATIENCE)
  const { body } = await client.call<ListTranscriptionsReply>('GET', '/transcriptions?state=succeeded')
  expect(body.items.every(({ queuePlace, secondsLeft }) => queuePlace === null && secondsLeft === null)).toBe(
    true,
  )
})

/** As somebody drags it there from a window of files. */
async function dropOn(page: Page, path: string): Promise<void> {
  const zone = page.getByText('Drop audio or video files here')
  await zone.scrollIntoViewIfNeeded()
  const box = await zone.boundingBox()
  const devtools = await page.context().newCDPSession(page)
  const at = { x: box!.x + 5, y: box!.y + 5, data: { items: [], files: [path], dragOperationsMask: 1 } }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, ...at })
  await devtools.detach()
}
