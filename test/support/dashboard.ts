/** The dashboard as a first start leaves it: a server, a browser, and the owner logged in on a desk. */
import { deepEqual } from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { axeFindings, fitsSideways, launchBrowser, type TestBrowser } from './browser.ts'
import { type Env, startServer, type TestServer, testFolder } from './server.ts'

export interface Person {
  name: string
  email: string
  password: string
}

export const OWNER: Person = {
  name: 'Olga Owner',
  email: 'olga@example.com',
  password: 'nineteen-blue-herons',
}

export interface Dashboard {
  dataDir: string
  server: TestServer
  browser: TestBrowser
  owner: Page
  /** Stops the server, and starts it again on the same port. */
  restart(meanwhile?: () => void): Promise<void>
  close(): Promise<void>
}

/**
 * @param prepare what lies in the data folder before the first start
 * @param browserArgs more switches of Chromium
 */
export async function openDashboard(
  env: Env = {},
  prepare: (dataDir: string) => Promise<void> = async () => {},
  browserArgs: readonly string[] = [],
): Promise<Dashboard> {
  const folder = await testFolder()
  const { dataDir } = folder
  await prepare(dataDir)
  const settings = { EARSHOT_MODEL: folder.model, ...env }
  const [server, browser] = await Promise.all([startServer(dataDir, settings), launchBrowser(browserArgs)])
  const owner = await browser.visitor(server.origin)
  await owner.goto(firstLink(server))
  await makeLogin(owner, OWNER)
  const dashboard: Dashboard = {
    dataDir,
    server,
    browser,
    owner,
    async restart(meanwhile) {
      await dashboard.server.stop()
      meanwhile?.()
      const { port } = new URL(server.origin)
      dashboard.server = await startServer(dataDir, { ...settings, PORT: port })
    },
    async close() {
      await browser.close()
      await dashboard.server.stop()
      await folder.remove()
    },
  }
  return dashboard
}

/** The link that the first start prints. */
const firstLink = (server: TestServer): string => /(http\S+\/join#\S+)/.exec(server.output())?.[1] ?? ''

/** On the page that an invitation's link opens. */
export async function makeLogin(page: Page, { name, email, password }: Person): Promise<void> {
  await page.getByLabel('Your name').fill(name)
  const address = page.getByLabel('E-mail address')
  if (await address.isEditable()) await address.fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Make login' }).click()
  await heading(page, 'Transcribe').waitFor()
}

export async function logIn(
  page: Page,
  { email, password }: Pick<Person, 'email' | 'password'>,
): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
}

/** A page's name: it is there once the page is. */
export const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true })

/** A page may change while axe looks at it, and show it one state's colours with another's words: at colours it looks again. */
async function lastingFindings(page: Page, rules?: string[]): Promise<string[]> {
  const findings = await axeFindings(page, rules)
  if (!findings.every((finding) => finding.startsWith('color-contrast'))) return findings
  if (findings.length === 0) return []
  await page.waitForTimeout(1000)
  return axeFindings(page, rules)
}

/** Nothing sticks out at the side, and axe finds nothing serious. */
export async function expectSound(page: Page): Promise<void> {
  deepEqual(await lastingFindings(page), [])
  deepEqual(await fitsSideways(page), true, 'something sticks out at the side')
}

/** For a page that is sound in other colours. */
export const expectSoundColours = async (page: Page): Promise<void> =>
  deepEqual(await lastingFindings(page, ['color-contrast']), [])
