/** Typing in the middle of three hours, and the memory of a transcript that plays. */
import type { Page } from 'playwright-core'
import type { Dashboard } from '../test/support/dashboard.ts'
import { addLongTranscript } from '../test/support/filled-library.ts'
import { median, table } from './measure.ts'

const HOURS = 3
/** Of thirteen words each: some 31,000. */
const SEGMENTS = 2400
const TEXT = 'and so we wrote a line in the middle of it '
/** The fastest that browsers play. */
const RATE = 16
const PLAY_MS = 60_000

/** @param mediaId of a recording that is at least as long */
export async function typing({ dataDir, owner }: Dashboard, mediaId: string): Promise<string> {
  const long = { title: 'Three hours', segments: SEGMENTS, seconds: HOURS * 3600, mediaId }
  const id = await addLongTranscript(dataDir, long)
  await owner.addInitScript(watchingKeys)
  await owner.goto(`/transcripts/${id}?t=${HOURS * 1800}`)
  const lines = owner.getByRole('textbox', { name: /^Text of line / })
  await lines.nth(5).click()
  await owner.waitForLoadState('networkidle')
  const rows = [
    await keys(owner, 'letters', () => owner.keyboard.type(TEXT.repeat(3), { delay: 30 })),
    await keys(owner, 'Backspace', () => pressed(owner, 'Backspace', 40)),
    await keys(owner, 'Enter: a line is split', () => pressed(owner, 'Enter', 10)),
    await keys(owner, 'Undo', () => pressed(owner, 'Control+z', 10)),
  ]
  await owner.getByText('All changes saved').waitFor()
  const names = ['typing in 31,000 words', 'keys', 'to the next paint, median', 'slowest']
  return [table(names, rows), await playing(owner)].join('\n\n')
}

/** Runs in the page before its own scripts: of each key that took 16 ms or more, how long until it was painted. */
const watchingKeys = `
  window.keys = { pressed: 0, slow: [] }
  addEventListener('keydown', ({ key }) => { if (key !== 'Control') keys.pressed++ }, true)
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'keydown') keys.slow.push(duration)
  }).observe({ type: 'event', durationThreshold: 16 })`

async function keys(owner: Page, what: string, press: () => Promise<void>): Promise<(string | number)[]> {
  await owner.evaluate('keys.pressed = 0; keys.slow = []')
  await press()
  // What was painted last is told a little later.
  await owner.waitForTimeout(500)
  const { pressed, slow } = await owner.evaluate<{ pressed: number; slow: number[] }>('keys')
  const quick = Array.from({ length: Math.max(0, pressed - slow.length) }, () => 8)
  return [what, pressed, `${median([...slow, ...quick])} ms`, `${Math.max(8, ...slow)} ms`]
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
