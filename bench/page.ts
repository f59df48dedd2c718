/** The dashboard in a real browser: its first load, a library of thousands, a transcript of ten hours. */
import type { CDPSession, Page } from 'playwright-core'
import { uploadFile } from '../test/support/client.ts'
import { type Dashboard, openDashboard } from '../test/support/dashboard.ts'
import { addLongTranscript, fillLibrary } from '../test/support/filled-library.ts'
import { makeQuietHours } from '../test/support/long-recording.ts'
import { median, table } from './measure.ts'

const ROWS = Number(process.env.BENCH_ROWS ?? 10_000)
const SEGMENTS = 8000
const HOURS = 10
const LOADS = 5
const FOLLOW_MS = 10_000
/** How far a quick turn of a wheel gets within a frame, px. */
const STEP = 120
const PATIENCE_MS = 300_000

export async function page(): Promise<string> {
  const dashboard = await openDashboard({ EARSHOT_SLOTS: '1', EARSHOT_RATE_LIMITS: 'off' })
  try {
    const { dataDir, server, owner } = dashboard
    await owner.addInitScript(watching)
    await fillLibrary(dataDir, ROWS)
    const media = await uploadFile(server.origin, server.apiKey, await makeQuietHours(dataDir, HOURS))
    const { mediaId } = media.body
    const long = { title: 'Ten hours', segments: SEGMENTS, seconds: HOURS * 3600, mediaId }
    const id = await addLongTranscript(dataDir, long)
    return [
      await firstLoads(dashboard),
      await scrolling(owner),
      await opening(owner, id),
      await following(owner),
    ].join('\n\n')
  } finally {
    await dashboard.close()
  }
}

/** Runs in the page before its own scripts: every frame and every task of 50 ms and more. */
const watching = `
  window.bench = { frames: [], tasks: [], seen: {} }
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) bench.tasks.push({ startTime, duration })
  }).observe({ type: 'longtask', buffered: true })
  let last = performance.now()
  requestAnimationFrame(function look(now) {
    bench.frames.push(now - last)
    last = now
    for (const what of ['input[type=file]', 'ol[aria-label=Transcript] li', 'ul[aria-label=Transcripts] li'])
      if (!(what in bench.seen) && document.querySelector(what)) bench.seen[what] = now
    requestAnimationFrame(look)
  })`

interface Watched {
  frames: number[]
  tasks: { startTime: number; duration: number }[]
  seen: Record<string, number>
}

const watched = (page: Page): Promise<Watched> => page.evaluate('bench')
const forget = (page: Page): Promise<unknown> => page.evaluate('bench.frames = []; bench.tasks = []')

/** Usable: its parts are there, and no task of 50 ms or more is under way. */
const usableAt = ({ tasks, seen }: Watched, what: string): number =>
  Math.max(seen[what] ?? Number.NaN, ...tasks.map(({ startTime, duration }) => startTime + duration))

const longest = (values: readonly number[]): string => Math.max(0, ...values).toFixed(0)
const longTasks = ({ tasks }: Watched): string =>
  `${tasks.length}${tasks.length ? `, ${longest(tasks.map(({ duration }) => duration))} ms` : ''}`

/** With an empty cache, as somebody comes for the first time. */
async function firstLoads({ owner }: Dashboard): Promise<string> {
  const cdp = await owner.context().newCDPSession(owner)
  await cdp.send('Network.enable')
  const rows: string[][] = []
  for (const [name, path, what] of [
    ['Transcribe', '/', 'input[type=file]'],
    ['Library', '/library', 'ul[aria-label=Transcripts] li'],
  ] as const) {
    const times: number[] = []
    let script = 0
    for (let k = 0; k < LOADS; k++) {
      await cdp.send('Network.clearBrowserCache')
      await owner.goto(path)
      await owner.locator(what).first().waitFor({ state: 'attached' })
      await owner.waitForLoadState('networkidle')
      times.push(usableAt(await watched(owner), what))
      script = await owner.evaluate<number>(
        `performance.getEntriesByType('resource').filter((e) => /\\.js$/.test(e.name))
          .reduce((sum, e) => sum + e.encodedBodySize, 0)`,
      )
    }
    rows.push([name, `${median(times).toFixed(0)} ms`, `${(script / 1000).toFixed(0)} kB`])
  }
  await cdp.detach()
  return table(['first load', 'usable after', 'script, as sent'], rows)
}

/** From the newest to the oldest, as fast as a wheel goes. */
async function scrolling(owner: Page): Promise<string> {
  await owner.goto('/library')
  await owner.locator('ul[aria-label=Transcripts] li').first().waitFor()
  await owner.waitForLoadState('networkidle')
  await forget(owner)
  const { ms, most, end } = await owner.evaluate<{ ms: number; most: number; end: number }>(`
    new Promise((done) => {
      const begin = performance.now()
      let most = 0
      requestAnimationFrame(function step() {
        scrollBy(0, ${STEP})
        const rows = document.querySelectorAll('ul[aria-label=Transcripts] > li')
        most = Math.max(most, rows.length)
        const end = Number(rows[rows.length - 1]?.dataset.index)
        if (end >= ${ROWS} || performance.now() - begin > ${PATIENCE_MS})
          done({ ms: performance.now() - begin, most, end })
        else requestAnimationFrame(step)
      })
    })`)
  if (end < ROWS) throw new Error(`only ${end} of ${ROWS} rows came`)
  const seen = await watched(owner)
  return table(
    [
      'scrolling the library',
      'rows there at once, at most',
      'frames/s',
      'p99 frame',
      'longest frame',
      'long tasks',
    ],
    [[`${ROWS} transcripts`, most, ...frameCells(seen, ms), longTasks(seen)]],
  )
}

function frameCells({ frames }: Watched, ms: number): string[] {
  const sorted = frames.toSorted((a, b) => a - b)
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0
  return [((frames.length / ms) * 1000).toFixed(0), `${p99.toFixed(0)} ms`, `${longest(frames)} ms`]
}

const LINE = 'ol[aria-label=Transcript] li'

async function opening(owner: Page, id: string): Promise<string> {
  const times: number[] = []
  let seen: Watched | undefined
  for (let k = 0; k < LOADS; k++) {
    await owner.goto(`/transcripts/${id}`)
    await owner.locator(LINE).first().waitFor()
    await owner.waitForLoadState('networkidle')
    seen = await watched(owner)
    times.push(usableAt(seen, LINE))
  }
  const there = await owner.locator(LINE).count()
  return table(
    ['opening', 'usable after', 'long tasks', 'segments there at once'],
    [[`${SEGMENTS} segments`, `${median(times).toFixed(0)} ms`, seen ? longTasks(seen) : '', there]],
  )
}

/** Plays at the usual and at a high speed, from the middle. */
async function following(owner: Page): Promise<string> {
  const cdp = await owner.context().newCDPSession(owner)
  await cdp.send('Performance.enable')
  const rows: (string | number)[][] = []
  for (const rate of [1, 3]) {
    await owner.evaluate(`document.querySelector('audio').currentTime = ${HOURS * 1800}`)
    await owner.evaluate(`document.querySelector('audio').playbackRate = ${rate}`)
    await owner.evaluate(`document.querySelector('audio').play()`)
    await owner.locator('[data-spoken]').first().waitFor()
    await forget(owner)
    const before = await busy(cdp)
    await owner.waitForTimeout(FOLLOW_MS)
    const after = await busy(cdp)
    const seen = await watched(owner)
    const perSecond = (what: keyof Busy): string =>
      `${(((after[what] - before[what]) / FOLLOW_MS) * 1e6).toFixed(0)} ms`
    rows.push([
      `${rate}×`,
      ...frameCells(seen, FOLLOW_MS),
      longTasks(seen),
      perSecond('ScriptDuration'),
      perSecond('TaskDuration'),
    ])
    await owner.evaluate(`document.querySelector('audio').pause()`)
  }
  await cdp.detach()
  return table(
    [
      'following',
      'frames/s',
      'p99 frame',
      'longest frame',
      'long tasks',
      'scripting a second',
      'all work a second',
    ],
    rows,
  )
}

/** Seconds since the page was opened. */
type Busy = Record<'ScriptDuration' | 'TaskDuration', number>

async function busy(cdp: CDPSession): Promise<Busy> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return { ScriptDuration: of('ScriptDuration'), TaskDuration: of('TaskDuration') }
}
