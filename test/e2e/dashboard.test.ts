/** The dashboard as people use it: a real browser, the real server, on a desk and on a phone. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, fitsSideways, launchBrowser, type TestBrowser } from '../support/browser.ts'
import { startServer, type TestServer, testFolder } from '../support/server.ts'

const OWNER = { name: 'Olga Owner', email: 'olga@example.com', password: 'nineteen-blue-herons' }

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let browser: TestBrowser
let owner: Page

beforeAll(async () => {
  folder = await testFolder()
  ;[server, browser] = await Promise.all([
    startServer(folder.dataDir, { EARSHOT_MODEL: folder.model }),
    launchBrowser(),
  ])
  owner = await browser.visitor(server.origin)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await folder?.remove()
})
afterEach(() => expect(browser.takeFaults()).toEqual([]))

/** The link that the first start prints. */
const firstLink = (): string => /(http\S+\/join#\S+)/.exec(server.output())?.[1] ?? ''

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

async function looksGood(page: Page): Promise<void> {
  expect(await fitsSideways(page)).toBe(true)
  expect(await axeFindings(page)).toEqual([])
}

describe('the first link', () => {
  it('makes the owner’s login', async () => {
    await owner.goto(firstLink())
    await owner.getByLabel('Your name').fill(OWNER.name)
    await looksGood(owner)
    await owner.getByLabel('E-mail address').fill(OWNER.email)
    await owner.getByLabel('Password', { exact: true }).fill(OWNER.password)
    await owner.getByRole('button', { name: 'Make login' }).click()
    await heading(owner, 'Transcribe').waitFor()
    await expect.poll(() => owner.title()).toBe('Transcribe · Earshot')
  })
})
