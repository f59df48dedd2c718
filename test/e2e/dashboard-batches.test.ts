/** Batches on the dashboard: many links or a list at once, with the cost shown before, and subscriptions. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { BatchReply, ListBatchesReply } from '../../src/contract/batches.ts'
import type { ListSubscriptionsReply } from '../../src/contract/subscriptions.ts'
import { SIZES } from '../support/browser.ts'
import { type Dashboard, expectSound, heading, openDashboard } from '../support/dashboard.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const SMALL = { width: 360, height: 740 }
/** The machine may be busy with other tests. */
const PATIENCE = { timeout: 120_000 }
const FEED = 'http://pod.example/feed'
const words = toneProgramme(3, 3)
const said = words.map(({ word }) => word).join(' ')
/** Those of different addresses differ in length: the same bytes are one recording of the account. */
const recordingAt = (path: string) =>
  wav(toneAudio(words, 3 + [...path].reduce((sum, c) => sum + c.charCodeAt(0), 0) / 10_000))

/** A podcast, and recordings under every address but those that are missing. `held`: they come only later. */
let episodes = 3
let held: (() => void)[] | undefined
const outside = createServer((request, response) => {
  const path = request.url ?? ''
  if (path === '/feed') return response.end(feed())
  if (path.startsWith('/missing')) return response.writeHead(404).end()
  const send = () => response.writeHead(200, { 'content-type': 'audio/wav' }).end(recordingAt(path))
  if (held) held.push(send)
  else send()
})

const feed = (): string => {
  const items = Array.from(
    { length: episodes },
    (_, k) =>
      `<item><title>Episode ${k + 1}</title><guid>g${k}</guid>` +
      `<enclosure url="http://pod.example/${k + 1}.wav" type="audio/wav"/></item>`,
  )
  return `<rss version="2.0"><channel><title>Tones</title>${items.reverse().join('')}</channel></rss>`
}

let dashboard: Dashboard
let owner: Page
let client: NativeClient

beforeAll(async () => {
  await new Promise<void>((done) => outside.listen(0, '127.0.0.1', done))
  dashboard = await openDashboard({
    EARSHOT_SLOTS: '1',
    EARSHOT_EGRESS_DIAL: `127.0.0.1:${(outside.address() as AddressInfo).port}`,
  })
  owner = dashboard.owner
  client = nativeClient(dashboard.server.origin, dashboard.server.apiKey)
})
afterAll(async () => {
  await dashboard?.close()
  outside.closeAllConnections()
  outside.close()
})
afterEach(() => {
  release()
  expect(dashboard.browser.takeFaults()).toEqual([])
})

function release(): void {
  for (const send of held ?? []) send()
  held = undefined
}

const button = (name: string | RegExp) => owner.getByRole('button', { name, exact: true })
const dialog = () => owner.getByRole('dialog')
const inDialog = (name: string) => dialog().getByRole('button', { name, exact: true })

/** On a small phone and on a desk. */
async function look(): Promise<void> {
  for (const viewport of [SMALL, SIZES.desktop]) {
    await owner.setViewportSize(viewport)
    await expectSound(owner)
  }
}

const batches = async (): Promise<BatchReply[]> =>
  (await client.call<ListBatchesReply>('GET', '/batches')).body.items

async function openBatches(): Promise<void> {
  await owner.goto('/batches')
  await heading(owner, 'Batches').waitFor()
}

it('takes links out of a pasted text, shows the cost, transcribes them, and gives their texts', async () => {
  await owner.goto('/')
  await heading(owner, 'Transcribe').waitFor()
  await owner.getByRole('link', { name: 'Batches' }).click()
  await heading(owner, 'Batches').waitFor()
  await owner.getByText('No batches yet').waitFor()
  await look()

  await button('New batch').click()
  await dialog().getByText('No link found yet.').waitFor()
  const text =
    'First http://talks.example/a.wav, then (http://talks.example/b.wav), http://talks.example/missing'
  await dialog().getByLabel('Links to transcribe').fill(text)
  await dialog().getByText('3 links found.').waitFor()
  await dialog().getByLabel('Name').fill('Talks')
  await look()
  await inDialog('Show what it takes').click()
  await dialog().getByText('Costs at least 3 credits').waitFor()
  await look()
  expect(await batches()).toEqual([])
  await inDialog('Back').click()
  expect(await dialog().getByLabel('Links to transcribe').inputValue()).toBe(text)
  await inDialog('Show what it takes').click()
  await inDialog('Transcribe 3 recordings').click()

  await heading(owner, 'Talks').waitFor()
  await owner.getByText('Done', { exact: true }).first().waitFor(PATIENCE)
  await owner.getByText('2 of 3 recordings transcribed · 1 failed').waitFor(PATIENCE)
  await owner.getByRole('button', { name: 'Remove batch' }).waitFor(PATIENCE)
  await look()
  await owner.getByLabel('Show', { exact: true }).selectOption('failed')
  await expect
    .poll(() => owner.getByRole('list', { name: 'Recordings' }).getByRole('listitem').count())
    .toBe(1)
  await owner.getByLabel('Show', { exact: true }).selectOption('')
  await owner.getByRole('link', { name: 'a.wav' }).waitFor()
  await owner.getByRole('link', { name: 'b.wav' }).waitFor()

  await owner.getByRole('combobox', { name: 'Formats in the ZIP' }).press('ArrowDown')
  await owner.getByRole('option', { name: 'Subtitles (SRT)' }).click()
  await owner.keyboard.press('Escape')
  const [zip] = await Promise.all([
    owner.waitForEvent('download'),
    owner.getByRole('link', { name: 'Download ZIP' }).click(),
  ])
  const files = unzipSync(new Uint8Array(await readFile(await zip.path())))
  const names = Object.keys(files)
  expect(names.filter((name) => name.endsWith('.txt'))).toHaveLength(2)
  expect(names.filter((name) => name.endsWith('.srt'))).toHaveLength(2)
  const [jsonl] = await Promise.all([
    owner.waitForEvent('download'),
    owner.getByRole('link', { name: 'Download JSONL' }).click(),
  ])
  const lines = (await readFile(await jsonl.path(), 'utf8')).trim().split('\n')
  const texts = lines.map(
    (line) => (JSON.parse(line) as { transcript: { text: string } | null }).transcript?.text,
  )
  expect(texts).toEqual([said, said, undefined])
})

it('makes one of a list, whose limit is shown, follows it, and cancels it', async () => {
  held = []
  await openBatches()
  await button('New batch').click()
  await dialog().getByText('A playlist, channel or podcast', { exact: true }).click()
  await dialog().getByLabel('Address of the list').fill(FEED)
  await dialog().getByLabel('How many, at most').fill('2')
  await look()
  await inDialog('Show what it takes').click()
  await dialog().getByText('The list goes on. Only the first 2 are taken.').waitFor()
  await dialog().getByText('Episode 3').waitFor()
  await look()
  await inDialog('Transcribe 2 recordings').click()
  await heading(owner, 'Tones').waitFor()
  // At 0 % it has no width, which counts as hidden.
  await owner.getByRole('progressbar', { name: /^Tones: \d+% done$/ }).waitFor({ state: 'attached' })
  await look()

  await button('Cancel batch').click()
  await dialog().getByText('Recordings that are not done yet are left out').waitFor()
  await inDialog('Cancel batch').click()
  await owner.getByText('0 of 2 recordings transcribed · 2 cancelled').waitFor(PATIENCE)
  release()

  await owner.getByRole('link', { name: 'All batches' }).click()
  await owner.getByRole('link', { name: 'Talks' }).waitFor()
  await look()
  await owner.getByRole('link', { name: 'Tones' }).click()
  await button('Remove batch').click()
  await inDialog('Remove batch').click()
  await heading(owner, 'Batches').waitFor()
  await owner.getByRole('link', { name: 'Talks' }).waitFor()
  expect((await batches()).map(({ name }) => name)).toEqual(['Talks'])
})

it.each([
  ['is asked for again by itself', 1],
  ['and that of every further try, and it is pressed again', 3],
])('begins a batch once where the answer was lost and %s', async (_, times) => {
  const before = (await batches()).length
  await openBatches()
  await button('New batch').click()
  await dialog().getByLabel('Links to transcribe').fill(`http://talks.example/once-${times}.wav`)
  await dialog().getByText('1 link found.').waitFor()
  await inDialog('Show what it takes').click()
  await inDialog('Transcribe 1 recording').waitFor()
  await owner.route(
    '**/api/dashboard/batches',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times },
  )
  await inDialog('Transcribe 1 recording').click()
  if (times > 1) {
    await dialog().getByRole('alert').waitFor()
    await inDialog('Transcribe 1 recording').click()
  }
  await dialog().waitFor({ state: 'detached' })
  expect(await batches()).toHaveLength(before + 1)
  dashboard.browser.takeFaults()
})

it('says what is wrong with an address, and that credits are missing', async () => {
  await openBatches()
  await button('New batch').click()
  await dialog().getByText('A playlist, channel or podcast', { exact: true }).click()
  await dialog().getByLabel('Address of the list').fill('https://www.youtube.com/watch?v=listvideo01')
  await inDialog('Show what it takes').click()
  await dialog().getByRole('alert').waitFor()
  await look()
  await dialog().getByText('Links', { exact: true }).click()
  const many = Array.from({ length: 10_000 }, (_, k) => `http://talks.example/${k}.wav`).join('\n')
  // Pasted, as people do: Chromium takes many seconds for so many lines that are typed, as `fill` does.
  await owner.evaluate(`navigator.clipboard.writeText(${JSON.stringify(many)})`)
  await dialog().getByLabel('Links to transcribe').press('ControlOrMeta+V')
  await dialog().getByText('10,000 links found.').waitFor()
  await inDialog('Show what it takes').click()
  await dialog()
    .getByText(/^You need at least 10,000 credits/)
    .waitFor()
  await dialog().getByText('The first 1,000 are shown here.').waitFor()
  expect(await inDialog('Transcribe 10,000 recordings').isDisabled()).toBe(true)
})

it('subscribes to a list, changes the schedule, pauses, looks, and removes it', async () => {
  await openBatches()
  await owner.getByRole('tab', { name: 'Subscriptions' }).click()
  await owner.getByText('No subscriptions yet').waitFor()
  await look()
  await button('Subscribe').click()
  await dialog().getByLabel('Address of the list').fill('http://pod.example/1.wav')
  await inDialog('Show what it takes').click()
  await dialog().getByRole('alert').waitFor()
  await look()
  await dialog().getByLabel('Address of the list').fill(FEED)
  await dialog().getByLabel('Look for new recordings').selectOption({ label: 'Every 6 hours' })
  await dialog().getByLabel('How many that are there already').fill('2')
  await inDialog('Show what it takes').click()
  await dialog().getByText('2 recordings of the list are transcribed now:').waitFor()
  await dialog().getByText('Costs at least 2 credits').waitFor()
  await look()
  await inDialog('Back').click()
  await dialog().getByLabel('How many that are there already').fill('0')
  await inDialog('Show what it takes').click()
  await dialog().getByText('Nothing that is in the list now is transcribed.').waitFor()
  await dialog().getByText('Episode 3').waitFor()
  await dialog()
    .getByText(/^Every 6 hours: up to 20 new recordings are transcribed\. Costs 1 credit/)
    .waitFor()
  await look()
  await inDialog('Subscribe').click()
  await dialog().waitFor({ state: 'detached' })
  const row = owner.getByRole('list', { name: 'Subscriptions' }).getByRole('listitem')
  await row.getByText('Every 6 hours · up to 20 recordings each time').waitFor()
  await row.getByText(/^Nothing new at the last look/).waitFor()
  await look()

  episodes++
  await button('Look now: Tones').click()
  await row.getByText(/^1 new recording at the last look/).waitFor(PATIENCE)
  await row.getByRole('link', { name: 'Latest batch' }).click()
  await heading(owner, 'Tones').waitFor()
  await owner.getByRole('link', { name: 'Episode 4' }).waitFor(PATIENCE)

  await owner.goto('/batches?part=subscriptions')
  await button('What it found: Tones').click()
  await dialog().getByText('3 recordings were in the list before and are not transcribed.').waitFor()
  await dialog().getByRole('link', { name: 'Episode 4' }).waitFor()
  await look()
  await owner.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
  await button('Change: Tones').click()
  await dialog().getByLabel('Name').fill('My podcast')
  await dialog().getByLabel('Look for new recordings').selectOption({ label: 'Every day' })
  await look()
  await inDialog('Save changes').click()
  await row.getByText('Every day · up to 20 recordings each time').waitFor()
  await button('Pause: My podcast').click()
  await row.getByText('Paused', { exact: true }).waitFor()
  expect(await button('Look now: My podcast').isDisabled()).toBe(true)
  await look()
  await button('Resume: My podcast').click()
  await row.getByText('Paused', { exact: true }).waitFor({ state: 'detached' })
  await button('Remove: My podcast').click()
  await inDialog('Remove subscription').click()
  await owner.getByText('No subscriptions yet').waitFor()
  expect((await client.call<ListSubscriptionsReply>('GET', '/subscriptions')).body.items).toEqual([])
})
