/**
 * `npm run screenshots [page …]`: pictures of every page, light and dark, on a desk and on a phone, into
 * screenshots/. Starts a server of its own with sample data in a folder of its own.
 */
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type Scheme, SIZES, type Size } from '../test/support/browser.ts'
import { type Dashboard, logIn, OWNER, openDashboard } from '../test/support/dashboard.ts'
import { startPlatformDouble } from '../test/support/platform-double/index.ts'
import { ytDlpCommand } from '../test/support/yt-dlp.ts'
import { build } from './build.mjs'
import { age, makeSamples, type Samples } from './lib/sample-data.ts'

const OUT = join(import.meta.dirname, '../screenshots')

interface Shot {
  name: string
  path: string
  /** What to do before the picture is taken. */
  act?(page: Page): Promise<void>
}

const shots = ({ interviewId, videoId, failedId, sharedPath }: Samples): Shot[] => [
  { name: 'transcribe', path: '/' },
  { name: 'library', path: '/library' },
  { name: 'library-search', path: '/library?q=archive' },
  {
    name: 'library-selected',
    path: '/library',
    act: async (page) => {
      for (const k of [0, 1]) await page.getByRole('checkbox').nth(k).check()
      await page.getByText('2 transcripts selected').waitFor()
    },
  },
  { name: 'library-nothing', path: '/library?q=nowhere' },
  { name: 'transcript', path: `/transcripts/${interviewId}` },
  {
    name: 'transcript-edit',
    path: `/transcripts/${interviewId}`,
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Text of line 2' }).click()
    },
  },
  {
    name: 'transcript-comments',
    path: `/transcripts/${interviewId}`,
    act: async (page) => {
      const comments = page.getByRole('region', { name: 'Comments', exact: true })
      const folded = page.getByText(/^Comments \(/)
      if (await folded.isVisible()) await folded.click()
      await comments.getByText('Is this the name of the archive?').waitFor()
    },
  },
  {
    name: 'transcript-find',
    path: `/transcripts/${interviewId}?q=the`,
  },
  {
    name: 'transcript-share',
    path: `/transcripts/${interviewId}`,
    act: (page) => page.getByRole('button', { name: 'Share', exact: true }).click(),
  },
  { name: 'transcript-of-a-link', path: `/transcripts/${videoId}` },
  { name: 'transcript-failed', path: `/transcripts/${failedId}` },
  { name: 'shared', path: sharedPath },
  { name: 'keys', path: '/keys' },
  {
    name: 'keys-new',
    path: '/keys',
    act: (page) => page.getByRole('button', { name: 'New key' }).click(),
  },
  { name: 'credits', path: '/credits' },
  {
    name: 'webhooks',
    path: '/webhooks',
    act: (page) => page.getByRole('button', { name: 'Show deliveries' }).click(),
  },
  { name: 'settings', path: '/settings' },
  { name: 'operator', path: '/operator' },
  { name: 'operator-models', path: '/operator?part=models' },
  { name: 'operator-accounts', path: '/operator?part=accounts' },
  { name: 'missing', path: '/nothing/here' },
]

async function main(wanted: readonly string[]): Promise<void> {
  build()
  await mkdir(OUT, { recursive: true })
  const receiver = createServer((_, response) => response.writeHead(204).end())
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`
  const double = await startPlatformDouble()
  const dashboard = await openDashboard({
    EARSHOT_WEBHOOK_ALLOW: host,
    EARSHOT_YTDLP: await ytDlpCommand(),
    EARSHOT_EGRESS_DIAL: `127.0.0.1:${double.port}`,
    EARSHOT_EGRESS_CA: double.caFile,
  })
  try {
    const samples = await makeSamples(dashboard.server, dashboard.dataDir, `http://${host}/earshot`)
    await dashboard.restart(() => age(dashboard.dataDir, samples))
    const taken = shots(samples).filter(({ name }) => wanted.length === 0 || wanted.includes(name))
    for (const size of ['desktop', 'phone'] as const)
      for (const scheme of ['light', 'dark'] as const) await takeAll(dashboard, taken, size, scheme)
  } finally {
    await dashboard.close()
    await double.close()
    receiver.closeAllConnections()
    receiver.close()
  }
  for (const fault of dashboard.browser.takeFaults()) console.error(fault)
}

async function takeAll(
  { browser, server }: Dashboard,
  shots: readonly Shot[],
  size: Size,
  scheme: Scheme,
): Promise<void> {
  const page = await browser.visitor(server.origin, { size, scheme })
  const take = (name: string) =>
    page.screenshot({ path: join(OUT, `${name}-${size}-${scheme}.png`), fullPage: true })
  await page.goto('/login')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await take('login')
  await logIn(page, OWNER)
  await page.getByRole('heading', { level: 1, name: 'Transcribe' }).waitFor()
  for (const { name, path, act } of shots) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await act?.(page)
    await settle(page)
    await unfold(page, size)
    await take(name)
    await page.setViewportSize(SIZES[size])
  }
  await page.context().close()
}

/** So that the navigation is as high as the picture. What comes into sight may make the page higher still. */
async function unfold(page: Page, size: Size): Promise<void> {
  for (let shown = 0; ; ) {
    const height = await page.evaluate<number>('document.documentElement.scrollHeight')
    if (height <= shown) return
    shown = Math.max(SIZES[size].height, height)
    await page.setViewportSize({ width: SIZES[size].width, height: shown })
    await page.waitForTimeout(400)
  }
}

/** Until nothing is being loaded any more. */
async function settle(page: Page): Promise<void> {
  await page
    .getByRole('status', { name: /^Loading/ })
    .first()
    .waitFor({ state: 'detached' })
  await page.evaluate('document.fonts.ready')
  // Charts are drawn by a script that is fetched on the way, and then once more for their size.
  await page.waitForTimeout(500)
}

await main(process.argv.slice(2))
