/** Typing in the middle of three hours, and the memory of a transcript that plays. */
import type { Page } from 'playwright-core'
import { uploadFile } from '../test/support/client.ts'
import { openDashboard } from '../test/support/dashboard.ts'
import { addLongTranscript } from '../test/support/filled-library.ts'
import { makeQuietHours } from '../test/support/long-recording.ts'
import { table } from './measure.ts'

const HOURS = 3
/** Of thirteen words each: some 31,000. */
const SEGMENTS = 2400
const TEXT = 'and so we wrote a line in the middle of it '
/** The fastest that browsers play. */
const RATE = 16
const PLAY_MS = 60_000

/** A page of its own where nothing but the browser works: the least that a key costs on this machine. */
const BARE = '<textarea style="width: 40rem; height: 10rem"></textarea>'

export async function typing(): Promise<string> {
  const dashboard = await openDashboard({ EARSHOT_SLOTS: '1', EARSHOT_RATE_LIMITS: 'off' })
  try {
    const { dataDir, server, owner } = dashboard
    const media = await uploadFile(server.origin, server.apiKey, await makeQuietHours(dataDir, HOURS))
    const { mediaId } = media.body
    const long = { title: 'Three hours', segments: SEGMENTS, seconds: HOURS * 3600, mediaId }
    const id = await addLongTranscript(dataDir, long)
    return [await keysOf(owner, id), await playing(owner)].join('\n\n')
  } finally {
    await dashboard.close()
  }
}

async function keysOf(owner: Page, id: string): Promise<string> {
  const rows = [await bareKeys(owner)]
  await owner.addInitScript(watchingKeys)
  await owner.goto(`/transcripts/${id}?t=${HOURS * 1800}`)
  const lines = owner.getByRole('textbox', { name: /^Text of line / })
  await lines.nth(5).click()
  await owner.waitForLoadState('networkidle')
  const cdp = await measured(owner)
  rows.push(
    await keys(cdp, 'letters', () => letters(owner)),
    await keys(cdp, 'Backspace', () => pressed(owner, 'Backspace', 40)),
    await keys(cdp, 'Enter: a line is split', () => pressed(owner, 'Enter', 10)),
    await keys(cdp, 'Undo', () => pressed(owner, 'Control+z', 10)),
  )
  await owner.getByText('Saving…').waitFor({ state: 'hidden' })
  const names = ['typing in 31,000 words', 'keys', 'to the next paint, median', 'p95', 'slowest', 'CPU a key']
  return table(names, rows)
}

async function bareKeys(owner: Page): Promise<(string | number)[]> {
  const bare = await owner.context().newPage()
  await bare.setContent(BARE)
  await bare.evaluate(watchingKeys)
  await bare.locator('textarea').click()
  const row = await keys(await measured(bare), 'letters in a bare text field', () => letters(bare))
  await bare.close()
  return row
}

const letters = (page: Page): Promise<void> => page.keyboard.type(TEXT.repeat(3), { delay: 60 })

/** Of each key that took 16 ms or more, how long until it was painted. */
const watchingKeys = `
  window.keys = { pressed: 0, slow: [] }
  addEventListener('keydown', ({ key }) => { if (key !== 'Control') keys.pressed++ }, true)
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'keydown') keys.slow.push(duration)
  }).observe({ type: 'event', durationThreshold: 16 })`

interface Measured {
  page: Page
  /** Seconds of the processor that the page's main thread has used. */
  cpu(): Promise<number>
}

async function measured(page: Page): Promise<Measured> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    page,
    async cpu() {
      const { metrics } = await cdp.send('Performance.getMetrics')
      return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
    },
  }
}

async function keys(
  { page, cpu }: Measured,
  what: string,
  press: () => Promise<void>,
): Promise<(string | number)[]> {
  await page.evaluate('keys.pressed = 0; keys.slow = []')
  const before = await cpu()
  await press()
  // What was painted last is told a little later.
  await page.waitForTimeout(500)
  const used = (await cpu()) - before
  const { pressed, slow } = await page.evaluate<{ pressed: number; slow: number[] }>('keys')
  const quick = Array.from({ length: Math.max(0, pressed - slow.length) }, () => 8)
  const times = [...quick, ...slow].sort((a, b) => a - b)
  const at = (share: number): string => `${times[Math.floor(times.length * share)] ?? 8} ms`
  return [
    what,
    pressed,
    at(0.5),
    at(0.95),
    `${times.at(-1) ?? 8} ms`,
    `${((used / pressed) * 1000).toFixed(1)} ms`,
  ]
}

async function pressed(owner: Page, key: string, times: number): Promise<void> {
  for (let k = 0; k < times; k++) {
    await owner.keyboard.press(key)
    await owner.waitForTimeout(60)
  }
}

async function playing(owner: Page): Promise<string> {
  const cdp = await owner.context().newCDPSession(owner)
  const megabytes = async (): Promise<number> => {
    await cdp.send('HeapProfiler.collectGarbage')
    return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1e6
  }
  await owner.evaluate("document.querySelector('audio').currentTime = 0")
  await owner.evaluate(`document.querySelector('audio').playbackRate = ${RATE}`)
  const heap = [await megabytes()]
  await owner.evaluate("document.querySelector('audio').play()")
  for (let k = 0; k < 3; k++) {
    await owner.waitForTimeout(PLAY_MS / 3)
    heap.push(await megabytes())
  }
  const heard = await owner.evaluate<number>("document.querySelector('audio').currentTime / 60")
  await cdp.detach()
  return table(
    ['playing', 'heap before', 'after a third', 'after two thirds', 'at the end'],
    [[`${heard.toFixed(0)} minutes at ${RATE}×`, ...heap.map((mb) => `${mb.toFixed(1)} MB`)]],
  )
}
