/** No dead ends: a phone’s menu, wrong addresses, a server that is away, and what is deleted. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { upload } from '../support/client.ts'
import { type Dashboard, expectSound, heading, logIn, OWNER, openDashboard } from '../support/dashboard.ts'
import { choose, order, recording } from '../support/dashboard-order.ts'
import { nativeClient } from '../support/native.ts'
import { toneAudio, wav } from '../support/tone.ts'

let dashboard: Dashboard
let owner: Page
let apiKey: string

beforeAll(async () => {
  dashboard = await openDashboard({ EARSHOT_SLOTS: '1' })
  owner = dashboard.owner
  // Shown at the first start only.
  apiKey = dashboard.server.apiKey
})
afterAll(() => dashboard?.close())
afterEach(() => expect(dashboard.browser.takeFaults()).toEqual([]))

const client = () => nativeClient(dashboard.server.origin, apiKey)
const button = (name: string, on = owner) => on.getByRole('button', { name, exact: true })

async function made(title: string, at: number): Promise<{ id: string; mediaId: string }> {
  const audio = new Uint8Array(wav(toneAudio([{ word: 'one', at }], 5)))
  const { body: media } = await upload(dashboard.server.origin, apiKey, audio, `${title}.wav`)
  const { mediaId } = media
  const { body } = await client().call<TranscriptionReply>('POST', '/transcriptions', { mediaId, title })
  await client().ended(body.id)
  return { id: body.id, mediaId }
}

const status = async (path: string): Promise<number> => (await client().call('GET', path)).status

it('keeps the menu where an address leads nowhere', async () => {
  await owner.goto('/nowhere/at/all')
  await heading(owner, 'There is no such page').waitFor()
  await expectSound(owner)
  await owner.getByRole('link', { name: 'Library' }).click()
  await heading(owner, 'Library').waitFor()
})

it('closes the phone’s menu by its button, by Escape, and by a tap beside it', async () => {
  const phone = await dashboard.browser.visitor(dashboard.server.origin, { size: 'phone' })
  await phone.goto('/login')
  await logIn(phone, OWNER)
  await heading(phone, 'Transcribe').waitFor()
  const entry = phone.getByRole('link', { name: 'Credits' })
  const closings = [
    () => button('Close the navigation', phone).click(),
    () => phone.keyboard.press('Escape'),
    () => phone.mouse.click(370, 500),
  ]
  for (const close of closings) {
    await button('Open the navigation', phone).click()
    await expect.poll(() => inSight(phone)).toBe(true)
    await close()
    await button('Open the navigation', phone).waitFor()
    await expect.poll(() => inSight(phone)).toBe(false)
  }
  await button('Open the navigation', phone).click()
  await entry.click()
  await heading(phone, 'Credits').waitFor()
  await expectSound(phone)
  await phone.context().close()
})

const inSight = (phone: Page): Promise<boolean> =>
  phone
    .getByRole('link', { name: 'Credits', includeHidden: true })
    .evaluate(
      (link) =>
        (link as unknown as { getBoundingClientRect(): { right: number } }).getBoundingClientRect().right > 0,
    )

it('says that the server is away, and goes on when it is back', async () => {
  const { id } = await made('Away', 1)
  await owner.goto(`/transcripts/${id}`)
  await heading(owner, 'Away').waitFor()
  await dashboard.server.stop()
  await owner.getByRole('textbox', { name: 'Text of line 1' }).click()
  await owner.keyboard.type('meanwhile ')
  await owner.getByText('The server does not answer', { exact: true }).waitFor()
  await owner.getByText('No connection. Your changes are kept in this browser.').waitFor()
  await expectSound(owner)
  await dashboard.restart()
  await owner.getByText('All changes saved').waitFor({ timeout: 60_000 })
  await owner.getByText('The server does not answer', { exact: true }).waitFor({ state: 'detached' })
  const { body } = await client().call<TranscriptionReply>('GET', `/transcriptions/${id}`)
  expect(body.transcript?.text).toContain('meanwhile')
})

it('deletes a transcript with its recording, or without', async () => {
  const [both, text] = [await made('Both', 2), await made('Text only', 3)]
  await owner.goto(`/transcripts/${both.id}`)
  await heading(owner, 'Both').waitFor()
  await button('Delete').click()
  await expectSound(owner)
  await owner.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await heading(owner, 'Library').waitFor()
  await owner.getByText('Text only').waitFor()
  expect(await owner.getByText('Both', { exact: true }).count()).toBe(0)

  await owner.goto(`/transcripts/${text.id}`)
  await heading(owner, 'Text only').waitFor()
  await button('Delete').click()
  await owner.getByLabel('Delete the recording too').uncheck()
  await owner.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await heading(owner, 'Library').waitFor()
  const left = async ({ id, mediaId }: typeof both): Promise<number[]> => [
    await status(`/transcriptions/${id}`),
    await status(`/media/${mediaId}`),
  ]
  // In the bin everything is there.
  expect([await left(both), await left(text)]).toEqual([
    [200, 200],
    [200, 200],
  ])
  await client().call('POST', '/transcriptions/delete', { ids: [both.id, text.id] })
  expect([await left(both), await left(text)]).toEqual([
    [404, 404],
    [404, 200],
  ])
})

it('hears channels apart when asked to, and takes the last format first', async () => {
  const file = await recording(dashboard, 'call', 7, 6)
  await owner.goto('/')
  await owner.getByText(/^Costs .* Heard by model\./).waitFor()
  await choose(owner, file.path)
  await owner.getByRole('combobox', { name: 'Channels' }).click()
  await owner.getByRole('option', { name: 'Apart: one speaker on each' }).click()
  await expectSound(owner)
  const [request] = await Promise.all([
    owner.waitForRequest((r) => r.method() === 'POST' && r.url().endsWith('/transcriptions')),
    order(owner),
  ])
  expect(request.postDataJSON()).toMatchObject({ channels: 'separate' })
  const row = owner.getByRole('link', { name: 'call' }).first()
  await row.waitFor()
  await row.click()
  await owner.getByRole('heading', { level: 1, name: /^call/ }).waitFor()
  await button('Download').click()
  await Promise.all([owner.waitForEvent('download'), owner.getByRole('menuitem', { name: /DOCX/ }).click()])
  await owner.reload()
  await button('Download').click()
  expect(await owner.getByRole('menuitem').first().textContent()).toContain('DOCX')
})
