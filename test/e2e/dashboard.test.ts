/** The dashboard as people use it: a real browser, the real server, on a desk and on a phone. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { HOUSE_NAME, type Size } from '../support/browser.ts'
import {
  type Dashboard,
  expectSound,
  expectSoundColours,
  heading,
  logIn,
  makeLogin,
  OWNER,
  openDashboard,
  type Person,
} from '../support/dashboard.ts'

let dashboard: Dashboard
let owner: Page
let receiver: Server

beforeAll(async () => {
  receiver = createServer((_, response) => response.writeHead(204).end())
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  dashboard = await openDashboard({ EARSHOT_WEBHOOK_ALLOW: receiverHost() })
  owner = dashboard.owner
})
afterAll(async () => {
  await dashboard?.close()
  receiver?.closeAllConnections()
  receiver?.close()
})
afterEach(() => expect(dashboard.browser.takeFaults()).toEqual([]))

const receiverHost = (): string => `127.0.0.1:${(receiver.address() as AddressInfo).port}`

const visitor = (size: Size = 'desktop') => dashboard.browser.visitor(dashboard.server.origin, { size })

const go = async (page: Page, name: string, title = name): Promise<void> => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click()
  await heading(page, title).waitFor()
}

const clipboard = (page: Page): Promise<string> => page.evaluate('navigator.clipboard.readText()')

describe('API keys', () => {
  it('are made, shown once, copied with one click, and revoked', async () => {
    await go(owner, 'API keys')
    await owner.getByRole('button', { name: 'New key' }).click()
    await owner.getByRole('textbox', { name: 'Name' }).fill('Podcast site')
    await expectSound(owner)
    await owner.getByRole('button', { name: 'Make key' }).click()
    await owner.getByRole('button', { name: 'Copy key' }).click()
    const key = await clipboard(owner)
    expect(key).toMatch(/^sk_live_/)
    // The example works as it is copied.
    await owner.getByRole('button', { name: 'Copy example' }).click()
    expect(await clipboard(owner)).toContain(key)
    const credits = () =>
      fetch(`${dashboard.server.origin}/v1/media`, { headers: { authorization: `Bearer ${key}` } })
    expect((await credits()).status).toBe(200)
    await owner.reload()
    await owner.getByText('Podcast site', { exact: true }).waitFor()
    expect(await owner.content()).not.toContain(key)
    await owner.getByRole('button', { name: 'Revoke Podcast site' }).click()
    await owner.getByRole('button', { name: 'Revoke key' }).click()
    await owner.getByText('Podcast site', { exact: true }).waitFor({ state: 'detached' })
    expect((await credits()).status).toBe(401)
  })
})

describe('credits', () => {
  it('shows what there is, and the statement as a file', async () => {
    await go(owner, 'Credits')
    await owner.getByText('Available', { exact: true }).waitFor()
    await owner.getByRole('table', { name: 'Movements of credits' }).waitFor()
    const [file] = await Promise.all([
      owner.waitForEvent('download'),
      owner.getByRole('button', { name: 'Download CSV' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('credits.csv')
  })
})

describe('webhooks', () => {
  it('are added and tried out', async () => {
    await go(owner, 'Webhooks')
    await owner.getByText('No endpoints yet').waitFor()
    await owner.getByRole('button', { name: 'Add endpoint' }).click()
    const dialog = owner.getByRole('dialog')
    await dialog.getByLabel('Address').fill(`http://${receiverHost()}/hook`)
    await dialog.getByRole('button', { name: 'Add endpoint' }).click()
    await owner.getByRole('button', { name: 'Copy secret' }).click()
    expect(await clipboard(owner)).toMatch(/^whsec_/)
    await owner.getByRole('button', { name: 'Send test event' }).click()
    await owner.getByText('Answered 204').waitFor()
    await expectSound(owner)
  })
})

const MIA: Person = { name: 'Mia Member', email: 'mia@example.com', password: 'twelve-quiet-otters' }

const MAX: Person = { name: 'Max Member', email: 'max@example.com', password: 'forty-green-lizards' }

/** On the settings page. @returns the link */
async function invited({ email }: Person): Promise<string> {
  await owner.getByRole('textbox', { name: 'Invite somebody' }).fill(email)
  await owner.getByRole('button', { name: 'Make link' }).click()
  await owner.getByRole('button', { name: 'Copy link' }).click()
  return clipboard(owner)
}

describe('people', () => {
  it('come by a link, on a phone, and see what members see', async () => {
    await go(owner, 'Settings')
    const mia = await visitor('phone')
    await mia.goto(await invited(MIA))
    await mia.getByText('You are invited to the account').waitFor()
    await expectSound(mia)
    await makeLogin(mia, MIA)
    await mia.getByRole('button', { name: 'Open the navigation' }).click()
    expect(await mia.getByRole('link', { name: 'Operator' }).count()).toBe(0)
    await go(mia, 'Settings')
    await mia.getByText(MIA.email).waitFor()
    await expectSound(mia)
    // The owner's list shows them, and takes them out again.
    await owner.reload()
    await owner.getByRole('button', { name: `Remove ${MIA.name}` }).click()
    await owner.getByRole('button', { name: 'Remove', exact: true }).click()
    await owner.getByRole('button', { name: `Remove ${MIA.name}` }).waitFor({ state: 'detached' })
    await mia.reload()
    await heading(mia, 'Log in').waitFor()
  })

  it('who are members see what a member can use', async () => {
    await owner.goto('/settings')
    const max = await visitor()
    await max.goto(await invited(MAX))
    await makeLogin(max, MAX)
    const menu = max.getByRole('navigation', { name: 'Main' }).getByRole('link')
    expect((await menu.allTextContents()).filter((name) => name !== 'Earshot')).toEqual([
      'Transcribe',
      'Library',
      'Batches',
      'Settings',
    ])
    for (const path of ['/keys', '/credits', '/webhooks']) {
      await max.goto(path)
      await heading(max, 'Transcribe').waitFor()
    }
    await max.context().close()
  })
})

describe('a server in the house', () => {
  it('is used over plain http by its name, and what is copied is copied', async () => {
    const { port } = new URL(dashboard.server.origin)
    const page = await dashboard.browser.visitor(`http://${HOUSE_NAME}:${port}`)
    await page.goto('/keys')
    await heading(page, 'Log in').waitFor()
    expect(await page.evaluate('isSecureContext')).toBe(false)
    await logIn(page, OWNER)
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByRole('button', { name: 'Make key' }).click()
    await page.getByRole('button', { name: 'Copy key' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    await page.getByRole('button', { name: 'New key' }).click()
    const name = page.getByRole('textbox', { name: 'Name' })
    await name.press('Control+v')
    expect(await name.inputValue()).toMatch(/^sk_live_/)
    await page.context().close()
  })
})

/** Colours that change do so in a frame or two. */
const painted = (page: Page): Promise<unknown> =>
  page.evaluate(`(async () => {
    const frame = () => new Promise(requestAnimationFrame)
    await frame()
    await frame()
    const fading = document.getAnimations().filter((each) => each instanceof CSSTransition)
    await Promise.allSettled(fading.map(({ finished }) => finished))
    await frame()
    await frame()
  })()`)

describe('every page', () => {
  const PAGES = ['/', '/library', '/keys', '/credits', '/webhooks', '/settings', '/nothing-here']
  const PARTS = ['/operator', '/operator?part=models', '/operator?part=accounts']

  it.each(['desktop', 'phone'] as const)('can be read and used, on a %s, in both colours', async (size) => {
    const page = await visitor(size)
    const expectSoundInBoth = async (): Promise<void> => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
        await painted(page)
        await (colorScheme === 'light' ? expectSound(page) : expectSoundColours(page))
      }
    }
    await page.goto('/login')
    await heading(page, 'Log in').waitFor()
    await expectSoundInBoth()
    await logIn(page, OWNER)
    await heading(page, 'Transcribe').waitFor()
    for (const path of [...PAGES, ...PARTS]) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page
        .getByRole('status', { name: /^Loading/ })
        .first()
        .waitFor({ state: 'detached' })
      await expectSoundInBoth()
    }
    await page.context().close()
  })
})

describe('sessions', () => {
  it('ask for the login, lead back to where one was going, and end everywhere at once', async () => {
    const elsewhere = await visitor()
    await elsewhere.goto('/credits')
    await heading(elsewhere, 'Log in').waitFor()
    await expectSound(elsewhere)
    await logIn(elsewhere, { email: OWNER.email, password: 'not this one' })
    await elsewhere.getByRole('alert').waitFor()
    await logIn(elsewhere, OWNER)
    await heading(elsewhere, 'Credits').waitFor()
    await elsewhere.getByRole('button', { name: 'Your login' }).click()
    await elsewhere.getByRole('menuitem', { name: 'Log out everywhere' }).click()
    await heading(elsewhere, 'Log in').waitFor()
    await owner.reload()
    await heading(owner, 'Log in').waitFor()
    await logIn(owner, OWNER)
    await heading(owner, 'Settings').waitFor()
  })
})
