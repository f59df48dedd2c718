/** Recording in the browser: real chromium, whose microphone plays spoken tones. */
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { ListTranscriptionsReply, TranscriptionSummary } from '../../src/contract/native.ts'
import { HOUSE_NAME, launchMortal, type MortalBrowser, SIZES } from '../support/browser.ts'
import { type Dashboard, expectSound, heading, logIn, OWNER, openDashboard } from '../support/dashboard.ts'
import { order } from '../support/dashboard-order.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

/** The machine may be busy with other tests. */
const PATIENCE = { timeout: 120_000 }
const SPOKEN_SECONDS = 40

const spoken = toneProgramme(71, SPOKEN_SECONDS)
const SPOKEN = spoken.map(({ word }) => word).join(' ')
/** Chromium plays it from its beginning for each recording, and then again. */
const microphone = join(tmpdir(), `earshot-microphone-${process.pid}.wav`)
const DEVICES = ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${microphone}`]

let dashboard: Dashboard
let owner: Page
let client: NativeClient

beforeAll(async () => {
  await writeFile(microphone, wav(toneAudio(spoken, SPOKEN_SECONDS)))
  dashboard = await openDashboard({ EARSHOT_SLOTS: '1' }, undefined, DEVICES)
  owner = dashboard.owner
  owner.setDefaultTimeout(PATIENCE.timeout)
  client = nativeClient(dashboard.server.origin, dashboard.server.apiKey)
})
afterAll(async () => {
  await killed()
  await dashboard?.close()
  await rm(microphone, { force: true })
})
afterEach(() => expect(dashboard.browser.takeFaults()).toEqual([]))

const button = (name: string, on = owner) => on.getByRole('button', { name, exact: true })
const chosen = (on = owner) => on.getByRole('list', { name: 'Chosen files' })
const left = (on = owner) => on.getByRole('region', { name: 'Recordings that were not uploaded' })
const isSoundAt = (seconds: number) => async (on: Page) => {
  const text = await on.getByRole('timer').textContent()
  const [minutes = 0, rest = 0] = (text ?? '0:00').split(':').map(Number)
  return minutes * 60 + rest >= seconds
}

it('says what to do where the browser lets no page record', async () => {
  const stranger = await dashboard.browser.visitor(dashboard.server.origin)
  await open(stranger)
  await button('Microphone', stranger).click()
  await stranger
    .getByRole('alert')
    .getByText(/does not let this page use the microphone/)
    .waitFor()
  await expectSound(stranger)
  await stranger.context().close()
  const { port } = new URL(dashboard.server.origin)
  const house = `http://${HOUSE_NAME}:${port}`
  const neighbour = await dashboard.browser.visitor(house, { size: 'phone' })
  await open(neighbour, house)
  await button('Microphone', neighbour).click()
  await neighbour
    .getByRole('alert')
    .getByText(/its address begins with https/)
    .waitFor()
  await expectSound(neighbour)
  await neighbour.context().close()
})

it('records what is said, with a pause, by the keyboard alone, and transcribes it like a file', async () => {
  await owner.context().grantPermissions(['microphone'])
  await button('Microphone').focus()
  await owner.keyboard.press('Enter')
  await owner.getByText('Recording the microphone').waitFor()
  await expectSound(owner)
  await expect.poll(() => isSoundAt(6)(owner), PATIENCE).toBe(true)
  await owner.keyboard.press('Enter')
  await owner.getByText('Paused').waitFor()
  await expectSound(owner)
  const before = await owner.getByRole('timer').textContent()
  await owner.keyboard.press('Enter')
  await owner.getByText('Recording the microphone').waitFor()
  await expect.poll(() => isSoundAt(8)(owner), PATIENCE).toBe(true)
  expect(before).toMatch(/^0:\d\d$/)
  await owner.keyboard.press('Tab')
  await owner.keyboard.press('Enter')
  await chosen()
    .getByText(/^Recording \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.webm$/)
    .waitFor()
  await owner.getByText(/^Costs 1 credit\./).waitFor()
  expect(await button('Microphone').evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true)
  expect(await left().count()).toBe(0)
  await expectSound(owner)
  await order(owner)
  await owner.getByRole('button', { name: /^Download: Recording / }).waitFor()
  await owner.reload()
  await button('Microphone').waitFor()
  // Uploaded: it is not offered again.
  expect(await left().count()).toBe(0)
  const words = (await newest()).text.split(' ')
  expect(words.length).toBeGreaterThan(4)
  expect(areInOrder(words)).toBe(true)
})

it('shows on every other page that it records, stops from there, and leads back', async () => {
  await owner.context().grantPermissions(['microphone'])
  await owner.goto('/')
  await button('Microphone').click()
  await owner.getByText('Recording the microphone').waitFor()
  // The transcripts that were made name the library as well.
  await owner.getByRole('navigation').getByRole('link', { name: 'Library', exact: true }).click()
  await heading(owner, 'Library').waitFor()
  await button('Stop recording').waitFor()
  await expect.poll(() => isSoundAt(2)(owner), PATIENCE).toBe(true)
  await expectSound(owner)
  await owner.setViewportSize({ width: 360, height: 740 })
  await button('Stop recording').click()
  const back = owner.getByRole('banner').getByRole('link', { name: 'Transcribe', exact: true })
  await back.waitFor()
  await expectSound(owner)
  await back.click()
  await chosen()
    .getByText(/^Recording \d{4}-/)
    .waitFor()
  await owner.setViewportSize(SIZES.desktop)
})

it('loses nothing when the browser is killed while it records, or the page left while it uploads', async () => {
  for (const seconds of [3, 12]) {
    await button('Microphone', await page()).click()
    await expect.poll(() => isSoundAt(seconds)(mortal!.page), PATIENCE).toBe(true)
    await killed()
  }
  const phone = await page()
  await phone.setViewportSize({ width: 360, height: 740 })
  await expect.poll(() => left(phone).getByRole('listitem').count(), PATIENCE).toBe(2)
  const [long, short] = [left(phone).getByRole('listitem').first(), left(phone).getByRole('listitem').last()]
  await expectSound(phone)
  await short.getByRole('button', { name: /^Listen to: / }).click()
  await expect
    .poll(
      () => short.locator('audio').evaluate((audio: { readyState?: number }) => audio.readyState),
      PATIENCE,
    )
    .toBe(4)
  await expectSound(phone)
  await short.getByRole('button', { name: /^Delete: / }).click()
  await phone.getByRole('dialog').getByText('It cannot be brought back').waitFor()
  await expectSound(phone)
  await button('Delete recording', phone).click()
  await expect.poll(() => left(phone).getByRole('listitem').count(), PATIENCE).toBe(1)
  await long.getByRole('button', { name: /^Choose: / }).click()
  await chosen(phone)
    .getByText(/^Recording /)
    .waitFor()
  await phone.getByText(/^Costs 1 credit\./).waitFor()
  await left(phone).waitFor({ state: 'detached' })
  const before = await finished()
  // Begun, but nothing of it arrives.
  await phone.route('**/uploads/*', (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.continue(),
  )
  await order(phone)
  await phone.getByText(/No connection\..*it goes on by itself/).waitFor()
  await phone.unrouteAll()
  // It goes on without anybody’s doing: unlike other files, it is at hand.
  await phone.reload()
  await expect.poll(finished, PATIENCE).toBe(before + 1)
  await phone.reload()
  await button('Microphone', phone).waitFor()
  expect(await left(phone).count()).toBe(0)
  const { text, durationSeconds } = await newest()
  expect(durationSeconds).toBeGreaterThan(10)
  // Without a gap, from wherever it began.
  expect(`${SPOKEN} ${SPOKEN}`).toContain(text)
  expect(text.split(' ').length).toBeGreaterThan(6)
})

it('records what another tab plays, alone or with the microphone', async () => {
  const own = await page()
  const other = await own.context().newPage()
  const sound = wav(
    toneAudio(
      Array.from({ length: 10 }, (_, k) => ({ word: 'three' as const, at: k + 0.3 })),
      10,
    ),
  )
  await other.goto(
    `data:text/html,<title>${TAB}</title><audio autoplay loop src="data:audio/wav;base64,${sound.toString('base64')}">`,
  )
  await own.bringToFront()
  const heard = async (source: string): Promise<Set<string>> => {
    const before = await finished()
    await button(source, own).click()
    await expect.poll(() => isSoundAt(8)(own), PATIENCE).toBe(true)
    await button('Stop recording', own).click()
    await chosen(own)
      .getByText(/^Recording /)
      .waitFor()
    await order(own)
    await expect.poll(finished, PATIENCE).toBe(before + 1)
    return new Set((await newest()).text.split(' '))
  }
  expect([...(await heard('Sound of a tab'))]).toEqual(['three'])
  const both = await heard('Tab and microphone')
  expect(both).toContain('three')
  expect(both.size).toBeGreaterThan(2)
})

let mortal: MortalBrowser | undefined
const TAB = 'A tab that plays'

/** Of a browser that can be killed, whose profile outlives it. */
async function page(): Promise<Page> {
  const switches = [
    `--auto-select-tab-capture-source-by-title=${TAB}`,
    '--autoplay-policy=no-user-gesture-required',
  ]
  mortal ??= await launchMortal(join(dashboard.dataDir, 'profile'), [...DEVICES, ...switches])
  await mortal.page.context().grantPermissions(['microphone'])
  await open(mortal.page)
  return mortal.page
}

async function killed(): Promise<void> {
  await mortal?.kill()
  mortal = undefined
}

/** As the server has them: a page shows its list only after a while. */
async function finished(): Promise<number> {
  const { body } = await client.call<ListTranscriptionsReply>(
    'GET',
    '/transcriptions?state=succeeded&limit=100',
  )
  return body.items.length
}

/** By its first page, with a login. */
async function open(page: Page, origin = dashboard.server.origin): Promise<void> {
  page.setDefaultTimeout(PATIENCE.timeout)
  await page.goto(origin)
  const login = page.getByRole('button', { name: 'Log in' })
  await login.or(heading(page, 'Transcribe')).waitFor()
  if (await login.isVisible()) await logIn(page, OWNER)
  await button('Microphone', page).waitFor()
}

async function newest(): Promise<{ text: string; durationSeconds: number | null }> {
  const { body } = await client.call<ListTranscriptionsReply>('GET', '/transcriptions?limit=1')
  const [{ id, durationSeconds }] = body.items as [TranscriptionSummary]
  const text = await (await client.raw(`/transcriptions/${id}.txt`)).text()
  return { text: text.trim().split(/\s+/).join(' '), durationSeconds }
}

/** Whether they were said one after the other; some in between may be missing, as what falls into a pause. */
function areInOrder(words: readonly string[]): boolean {
  const said = `${SPOKEN} ${SPOKEN}`.split(' ')
  let from = 0
  return words.every((word) => {
    from = said.indexOf(word, from) + 1
    return from > 0
  })
}

it('can be installed, and opens without a network', async () => {
  const phone = await page()
  const devtools = await phone.context().newCDPSession(phone)
  const { url, errors } = await devtools.send('Page.getAppManifest')
  expect(url).toBe(`${dashboard.server.origin}/manifest.webmanifest`)
  expect(errors).toEqual([])
  await atWork(phone)
  expect((await devtools.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([])
  // What it has loaded by itself is kept the second time.
  await phone.reload()
  await button('Microphone', phone).waitFor()
  await phone.context().setOffline(true)
  await phone.reload()
  await phone.getByText('The server does not answer. Is your connection up?').waitFor()
  await phone.context().setOffline(false)
  await open(phone)
  expect(await keptAddresses(phone)).toSatisfy((kept: string[]) =>
    kept.every((path) => path === '/' || path.startsWith('/assets/')),
  )
})

it('takes files and links that other apps share, also if one has to log in first', async () => {
  const phone = await page()
  // The way out stands in the menu, which a small screen keeps closed.
  await phone.setViewportSize(SIZES.desktop)
  await atWork(phone)
  await phone.getByRole('button', { name: 'Your login, and the way out' }).click()
  await phone.getByRole('menuitem', { name: 'Log out', exact: true }).click()
  await phone.getByLabel('E-mail address').waitFor()
  // As the browser does it for another app.
  const sound = [...wav(toneAudio([{ word: 'seven', at: 1 }], 3))]
  await phone.evaluate(`{
    const form = document.createElement('form')
    Object.assign(form, { action: '/share', method: 'POST', enctype: 'multipart/form-data' })
    form.innerHTML = '<input name="files" type="file"><textarea name="text"></textarea>'
    const files = new DataTransfer()
    files.items.add(new File([Uint8Array.from([${sound}])], 'Größe & mehr.wav', { type: 'audio/wav' }))
    form.querySelector('input').files = files.files
    form.querySelector('textarea').value = 'Listen to this: https://share.example/talk.mp3'
    document.body.append(form)
    form.submit()
  }`)
  await phone.getByLabel('E-mail address').waitFor()
  await logIn(phone, OWNER)
  await chosen(phone).getByText('Größe & mehr.wav').waitFor()
  await phone.getByText(/^Costs 1 credit, and 1 credit for each started minute/).waitFor()
  expect(await phone.getByLabel('Or paste links').inputValue()).toContain('https://share.example/talk.mp3')
  expect(new URL(phone.url()).search).toBe('')
  await expectSound(phone)
  await phone.getByLabel('Or paste links').fill('')
  const before = await finished()
  await order(phone)
  await expect.poll(finished, PATIENCE).toBe(before + 1)
  expect((await newest()).text).toBe('seven')
})

/** The service worker, which is registered behind the page’s back. */
const atWork = (on: Page): Promise<unknown> =>
  on.waitForFunction('navigator.serviceWorker.controller?.state === "activated"')

const keptAddresses = (on: Page): Promise<string[]> =>
  on.evaluate(`(async () => {
    const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)))
    const kept = (await Promise.all(stores.map((store) => store.keys()))).flat()
    return kept.map((request) => new URL(request.url).pathname)
  })()`)
