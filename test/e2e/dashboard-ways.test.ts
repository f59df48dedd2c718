/** No dead ends: a phone’s menu, wrong addresses, a server that is away, and what is deleted. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import errorsDe from '../../web/src/i18n/messages/de/errors.ts'
import findingsDe from '../../web/src/i18n/messages/de/findings.ts'
import loginDe from '../../web/src/i18n/messages/de/login.ts'
import operatorDe from '../../web/src/i18n/messages/de/operator.ts'
import sharedDe from '../../web/src/i18n/messages/de/shared.ts'
import shellDe from '../../web/src/i18n/messages/de/shell.ts'
import loginEn from '../../web/src/i18n/messages/en/login.ts'
import shellEn from '../../web/src/i18n/messages/en/shell.ts'
import loginJa from '../../web/src/i18n/messages/ja/login.ts'
import shellJa from '../../web/src/i18n/messages/ja/shell.ts'
import { upload } from '../support/client.ts'
import { type Dashboard, expectSound, heading, logIn, OWNER, openDashboard } from '../support/dashboard.ts'
import { choose, order, recording } from '../support/dashboard-order.ts'
import { nativeClient } from '../support/native.ts'
import { toneAudio, wav } from '../support/tone.ts'

let dashboard: Dashboard
let owner: Page
let apiKey: string

beforeAll(async () => {
  dashboard = await openDashboard({ EARSHOT_SLOTS: '1', EARSHOT_YTDLP: '/nowhere/yt-dlp' })
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

/** All that a page shows or reads aloud, without code and without transcripts. For the browser. */
const TEXTS = `[...document.body.querySelectorAll('*')]
  .filter((element) => !element.closest('code, kbd, noscript, pre, script, style, textarea, [data-text]'))
  .flatMap((element) => [
    ...[...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ textContent }) => textContent),
    ...['aria-label', 'placeholder', 'title', 'alt'].map((name) => element.getAttribute(name) ?? ''),
  ])
  .map((text) => text.trim())`

describe('in another language', () => {
  const CATALOGUES = {
    en: { shell: shellEn, login: loginEn },
    de: { shell: shellDe, login: loginDe },
    ja: { shell: shellJa, login: loginJa },
  }
  type Spoken = keyof typeof CATALOGUES
  let title: string
  let views: (readonly [path: string, name: keyof typeof shellEn.pages | undefined])[]
  let english: Set<string>

  beforeAll(async () => {
    title = 'Aufnahme 7'
    const { id } = await made(title, 1)
    views = [
      ['/', 'transcribe'],
      ['/library', 'library'],
      ['/library?q=nothing-like-this', 'library'],
      [`/transcripts/${id}`, undefined],
      ['/posts', 'posts'],
      ['/posts?part=drafts', 'posts'],
      ['/posts?part=accounts', 'posts'],
      ['/keys', 'keys'],
      ['/credits', 'credits'],
      ['/webhooks', 'webhooks'],
      ['/settings', 'settings'],
      ['/operator', 'operator'],
      ['/operator?part=models', 'operator'],
      ['/operator?part=accounts', 'operator'],
    ]
    english = new Set()
    for (const view of views) for (const text of await textsOf(owner, view, 'en')) english.add(text)
    expect(english.size).toBeGreaterThan(60)
  })

  it.each(['de', 'ja'] as const)(
    '%s: nothing is left in English, and it fits a narrow phone',
    async (language) => {
      const { login, shell } = CATALOGUES[language]
      const phone = await dashboard.browser.visitor(dashboard.server.origin, { size: 'phone' })
      await phone.setViewportSize({ width: 360, height: 780 })
      // What the server says in its own words: of models, and of this machine.
      let served = ''
      phone.on('response', async (response) => {
        if (response.url().includes('/api/')) served += await response.text().catch(() => '')
      })
      await phone.goto('/login')
      await phone.getByLabel('Language').selectOption(language)
      await phone.getByLabel(login.email).fill(OWNER.email)
      await phone.getByLabel(login.password, { exact: true }).fill(OWNER.password)
      await phone.getByRole('button', { name: login.logIn }).click()
      await heading(phone, shell.pages.transcribe).waitFor()
      expect(await phone.locator('html').getAttribute('lang')).toBe(language)
      for (const view of views) {
        const left = (await textsOf(phone, view, language)).filter((text) => english.has(text))
        expect(
          left.filter((text) => !served.includes(text)),
          view[0],
        ).toEqual([])
        await expectSound(phone)
      }
      await phone.context().close()
    },
  )

  it('de: what the server says is wrong, at once or of what has ended', async () => {
    const { login, shell } = CATALOGUES.de
    const { codes } = errorsDe
    const { body: media } = await upload(
      dashboard.server.origin,
      apiKey,
      new Uint8Array(wav(toneAudio([], 900))),
    )
    const asked = await client().call<TranscriptionReply>('POST', '/transcriptions', {
      mediaId: media.mediaId,
    })
    await client().call('DELETE', `/transcriptions/${asked.body.id}`)
    const guest = await dashboard.browser.visitor(dashboard.server.origin)
    await guest.goto('/shared/nothing')
    await guest.getByLabel('Language').selectOption('de')
    await guest.getByText(sharedDe.failed).waitFor()
    await guest.reload()
    await guest.getByText(codes.share.revoked).waitFor()
    await guest.goto('/login')
    await guest.getByLabel(login.email).fill(OWNER.email)
    await guest.getByLabel(login.password, { exact: true }).fill('something else')
    await guest.getByRole('button', { name: login.logIn }).click()
    await guest.getByText(codes.login.failed).waitFor()
    await guest.getByLabel(login.password, { exact: true }).fill(OWNER.password)
    await guest.getByRole('button', { name: login.logIn }).click()
    await heading(guest, shell.pages.transcribe).waitFor()
    await guest.goto('/transcripts/tj_none')
    await guest.getByText(codes.resource.not_found).waitFor()
    await guest.goto(`/transcripts/${asked.body.id}`)
    await guest.getByText(codes.transcription.cancelled).waitFor()
    await guest.context().close()
  })

  it('de: what the doctor finds on the machine', async () => {
    const { login, shell } = CATALOGUES.de
    const { names, says, cures } = findingsDe
    const guest = await dashboard.browser.visitor(dashboard.server.origin)
    await guest.goto('/login')
    await guest.getByLabel('Language').selectOption('de')
    await guest.getByLabel(login.email).fill(OWNER.email)
    await guest.getByLabel(login.password, { exact: true }).fill(OWNER.password)
    await guest.getByRole('button', { name: login.logIn }).click()
    await heading(guest, shell.pages.transcribe).waitFor()
    await guest.goto('/operator')
    const checks = guest.getByRole('list', { name: operatorDe.health.list })
    for (const text of [names.folder, names.js, names.engine, /, [\d.]+(,\d)? GB frei$/])
      await checks.getByText(text, { exact: true }).waitFor()
    const fault = guest.getByRole('alert', { name: `yt-dlp: ${says.ytdlp.none}` })
    await fault.getByText(cures.ytdlp.none).waitFor()
    await expectSound(guest)
    await guest.context().close()
  })

  /** What a page shows or reads aloud, as far as it is a sentence: names are the same in every language. */
  async function textsOf(
    page: Page,
    [path, name]: (typeof views)[number],
    language: Spoken,
  ): Promise<string[]> {
    await page.goto(path)
    await heading(page, name ? CATALOGUES[language].shell.pages[name] : title).waitFor()
    await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' })
    const texts = await page.evaluate<string[]>(TEXTS)
    return texts.filter((text) => (text.match(/\p{L}+/gu) ?? []).length >= 3 && !/^https?:|@/.test(text))
  }
})
