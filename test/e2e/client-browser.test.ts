/** `earshot/client` on another site's page, in Chromium: the program that `client-runtimes.test.ts` runs elsewhere. */
import { afterAll, beforeAll, it } from 'vitest'
import { launchBrowser, type TestBrowser } from '../support/browser.ts'
import { clientSite, clientTask, expectSeen } from '../support/client-task.ts'
import { toneServer } from '../support/tone-server.ts'

let site: Awaited<ReturnType<typeof clientSite>>
let browser: TestBrowser
const server = toneServer(async () => {
  site = await clientSite()
  return { EARSHOT_CORS: site.origin }
})
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  site?.close()
})

it('runs on a page', async () => {
  const task = await clientTask(server, site)
  const visitor = await browser.visitor(site.origin)
  await visitor.goto('/')
  // As text: tests are compiled with helpers that a page does not have.
  const run = `Promise.all([import('/program.mjs'), import('/client.js')]).then(([{ useClient }, client]) =>
    useClient(client, ${JSON.stringify(task)}))`
  expectSeen(await visitor.evaluate(run), task)
})
