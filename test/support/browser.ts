/** A real browser on the real page: Debian's Chromium (or EARSHOT_CHROMIUM), driven as a person would. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const WHOLE = process.env.EARSHOT_CHROMIUM ?? '/usr/bin/chromium'
/** Chromium without its own windows, toolbars and devices: the same pages take a quarter less of the processor. */
const SHELL = process.env.EARSHOT_CHROMIUM ?? '/usr/bin/chromium-headless-shell'
/** Generous: the machine may be busy with other tests. */
const PATIENCE_MS = 60_000

/** This machine by a name of the local network: to browsers no secure place, unlike 127.0.0.1. */
export const HOUSE_NAME = 'earshot.home.arpa'

export const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const
export type Size = keyof typeof SIZES
export type Scheme = 'light' | 'dark'

export interface VisitorOptions {
  size?: Size
  scheme?: Scheme
  /** Makes the pictures of a page sharper. Default 1. */
  scale?: number
}

export interface TestBrowser {
  /** Somebody with a browser profile of their own: cookies are shared with nobody. */
  visitor(origin: string, options?: VisitorOptions): Promise<Page>
  /**
   * What no page may do, since the last time this was asked: errors in the console, violations of the
   * content security policy, requests to other hosts.
   */
  takeFaults(): string[]
  close(): Promise<void>
}

/**
 * Chromium refuses to sandbox as root, which is what containers run tests as. Painting costs less without a GPU that is
 * itself computed.
 */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  `--host-resolver-rules=MAP ${HOUSE_NAME} 127.0.0.1`,
]

/** @param args more switches of Chromium, all of which only the whole program knows */
export async function launchBrowser(args: readonly string[] = []): Promise<TestBrowser> {
  const executablePath = args.length === 0 && existsSync(SHELL) ? SHELL : WHOLE
  const browser: Browser = await chromium.launch({ executablePath, args: [...ARGS, ...args] })
  let faults: string[] = []
  return {
    async visitor(origin, { size = 'desktop', scheme = 'light', scale = 1 } = {}) {
      const context = await browser.newContext({
        baseURL: origin,
        viewport: SIZES[size],
        isMobile: size === 'phone',
        hasTouch: size === 'phone',
        colorScheme: scheme,
        reducedMotion: 'reduce',
        locale: 'en-GB',
        timezoneId: 'UTC',
        deviceScaleFactor: scale,
        permissions: ['clipboard-read', 'clipboard-write'],
      })
      context.setDefaultTimeout(PATIENCE_MS)
      watch(context, new URL(origin).host, (fault) => faults.push(fault))
      return context.newPage()
    },
    takeFaults() {
      const taken = faults
      faults = []
      return taken
    },
    close: () => browser.close(),
  }
}

export interface MortalBrowser {
  page: Page
  /** At once and without a word, as a crash does. */
  kill(): Promise<void>
}

/** A browser that can be killed, and started again on what its profile then holds. @param profile a folder of its own */
export async function launchMortal(profile: string, args: readonly string[] = []): Promise<MortalBrowser> {
  const own = ['--headless', '--remote-debugging-port=0', '--no-first-run', `--user-data-dir=${profile}`]
  const program = spawn(WHOLE, [...ARGS, ...own, ...args, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its processes are a group, which is killed whole.
    detached: true,
  })
  const gone = once(program, 'exit')
  const kill = async (): Promise<void> => {
    if (program.exitCode === null && program.signalCode === null) process.kill(-program.pid!, 'SIGKILL')
    await gone
  }
  try {
    let said = ''
    for await (const text of program.stderr) {
      said += text
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (!address) continue
      program.stderr.resume()
      const context = (await chromium.connectOverCDP(address)).contexts()[0]!
      context.setDefaultTimeout(PATIENCE_MS)
      return { page: context.pages()[0]!, kill }
    }
    throw new Error(`Chromium did not start: ${said}`)
  } catch (error) {
    await kill()
    throw error
  }
}

function watch(context: BrowserContext, host: string, onFault: (fault: string) => void): void {
  context.on('console', (message) => {
    const { url } = message.location()
    // An answer that is an error is the page's to show; the browser writes a line about each.
    if (message.type() !== 'error' || (url.includes('/api/') && /^Failed to load/.test(message.text())))
      return
    onFault(`console: ${message.text()} (${url})`)
  })
  context.on('weberror', (error) => onFault(`uncaught: ${String(error.error())}`))
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (!['data:', 'blob:'].includes(url.protocol) && url.host !== host) onFault(`outside: ${url.href}`)
  })
}

/**
 * What axe finds that keeps people out: serious and critical findings, a line each.
 * @param rules its names for them; by default all
 */
export async function axeFindings(page: Page, rules?: string[]): Promise<string[]> {
  // Evaluated by the debugger, where the page's content security policy does not reach; half a megabyte, once a document.
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate(
    (options) => (globalThis as unknown as { axe: typeof axe }).axe.run(options),
    { resultTypes: ['violations' as const], ...(rules && { runOnly: rules }) },
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
    )
}

/** True where nothing sticks out at the side: people scroll in one direction. */
export const fitsSideways = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')
