import { beforeEach, expect, it, vi } from 'vitest'
import { Display } from './display.ts'

beforeEach(() => {
  vi.useFakeTimers()
  return () => vi.useRealTimers()
})

/** What stands on the screen after each drawing. */
function screen() {
  const shown: string[] = []
  let lines: string[] = []
  const write = (text: string): void => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is the terminal's own language
    const up = /^\u001b\[(\d+)A\u001b\[J$/.exec(text)
    if (up) lines = lines.slice(0, lines.length - Number(up[1]))
    else lines.push(...text.split('\n').slice(0, -1))
    shown.push(lines.join('\n'))
  }
  return { columns: 60, write, shown, now: () => lines.join('\n') }
}

const percent = (line: string): number => Number(/(\d+) %/.exec(line)![1])

it('never runs backwards, whatever it is told', () => {
  const terminal = screen()
  const display = new Display(terminal, 3)
  let before = 0
  for (const [name, fraction] of [
    ['a', 0.5],
    ['b', 0.9],
    ['a', 0.2],
    ['b', 0.1],
    ['c', 2],
  ] as const) {
    display.progress(name, fraction)
    vi.runAllTimers()
    const all = percent(terminal.now().split('\n').at(-1)!)
    expect(all).toBeGreaterThanOrEqual(before)
    before = all
  }
  expect(terminal.now()).toMatch(/ 50 % a\n.* 90 % b\n.*100 % c\n.* 80 % 0 of 3 done$/)
  display.ended('a')
  vi.runAllTimers()
  expect(terminal.now()).toMatch(/^.* 90 % b\n.*100 % c\n.* 96 % 1 of 3 done$/)
})

it('draws seldom, keeps what is printed above, and leaves nothing', () => {
  const terminal = screen()
  const display = new Display(terminal, 1)
  for (let k = 0; k < 1000; k++) display.progress('a', k / 1000)
  vi.runAllTimers()
  expect(terminal.shown).toHaveLength(1)
  display.print(() => terminal.write('a warning\n'))
  vi.runAllTimers()
  expect(terminal.now()).toMatch(/^a warning\n.* 99 % a$/)
  display.close()
  vi.runAllTimers()
  expect(terminal.now()).toBe('a warning')
})

it('shows a name in one line, without what would move the cursor', () => {
  const terminal = screen()
  const display = new Display(terminal, 1)
  display.progress(`${'long/'.repeat(30)}\u001b[2Jend\n.mp4`, 0)
  vi.runAllTimers()
  expect(terminal.now()).toMatch(/^░{24} {3}0 % …[\w/]+end \.mp4$/)
  expect(terminal.now().length).toBeLessThan(60)
})
