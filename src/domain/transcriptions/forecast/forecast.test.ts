import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endsOf } from './ends.ts'
import { forecastOf, type Open } from './rules.ts'
import { type Run, speedsOf } from './speed.ts'

const run = (from: number, to: number, seconds: number, model = 'base'): Run => ({ model, from, to, seconds })
const open = (id: string, more: Partial<Open> = {}): Open => ({
  id,
  accountId: 'a',
  model: 'base',
  runs: more.heardAt !== undefined,
  seconds: 600,
  heardAt: null,
  done: null,
  isFetched: false,
  ...more,
})

describe('the speed', () => {
  it('is the sound of a second, whatever ran at once', () => {
    const alone = speedsOf([run(0, 10_000, 100), run(20_000, 30_000, 100)], [])
    const together = speedsOf([run(0, 20_000, 100), run(0, 20_000, 100)], [])
    expect([alone.get('base'), together.get('base')]).toEqual([10, 10])
  })

  it('is known of each model, also where two shared the engine', () => {
    const speeds = speedsOf([run(0, 20_000, 100), run(0, 20_000, 20, 'large')], [])
    expect(Object.fromEntries(speeds)).toEqual({ base: 10, large: 2 })
  })

  it('follows what runs now more than what was long ago', () => {
    const past = [run(0, 3_600_000, 36_000)]
    expect(speedsOf(past, []).get('base')).toBe(10)
    const slower = speedsOf(past, [run(4_000_000, 4_120_000, 240)]).get('base') as number
    expect(slower).toBeGreaterThan(2)
    expect(slower).toBeLessThan(4)
  })

  it('is not guessed from a moment', () => {
    expect(speedsOf([run(0, 50, 30)], []).size).toBe(0)
  })
})

describe('the ends', () => {
  const work = (id: string, seconds: number, runs = true, accountId = 'a') => ({
    id,
    accountId,
    seconds,
    runs,
  })

  it('share what there is', () => {
    const ends = endsOf([work('short', 10), work('long', 30), work('next', 5, false), work('last', 5, false)])
    // Two places: the short one ends at 20, then the next one shares with the long one.
    expect(Object.fromEntries(ends)).toEqual({ short: 20, next: 30, last: 40, long: 50 })
  })

  it('give each account the same', () => {
    const ends = endsOf([work('mine', 10, true, 'a'), work('b1', 40, true, 'b'), work('b2', 40, true, 'b')])
    expect(ends.get('mine')).toBe(20)
    expect(Math.max(...ends.values())).toBeCloseTo(90)
  })
})

describe('the forecast', () => {
  const past = [run(0, 60_000, 600)]
  const of = (now: number, all: Open[]) => forecastOf(now, past, all, 'a')

  it('counts places among what the engine has not begun', () => {
    const { outlooks } = of(100_000, [
      open('begun', { heardAt: 90_000 }),
      open('fetched', { isFetched: true, runs: true, seconds: null }),
      open('claimed', { runs: true }),
      open('other', { accountId: 'b' }),
      open('queued'),
    ])
    expect([...outlooks].map(([id, { place }]) => [id, place])).toEqual([
      ['begun', null],
      ['fetched', null],
      ['claimed', 1],
      ['queued', 2],
    ])
  })

  it('says nothing where nothing is known', () => {
    const unknown = forecastOf(1000, [], [open('a', { heardAt: 900 })], 'a')
    expect(unknown.outlooks.get('a')).toEqual({ place: null, secondsLeft: null })
    expect(of(0, [open('a', { seconds: null })]).outlooks.get('a')?.secondsLeft).toBeNull()
  })

  it('runs down between two parts', () => {
    const at = (now: number) =>
      of(now, [open('a', { heardAt: 100_000, done: { seconds: 300, at: 130_000 } })]).outlooks.get('a')
        ?.secondsLeft as number
    expect(at(130_000)).toBeCloseTo(30)
    expect(at(140_000)).toBeCloseTo(20)
    expect(at(200_000)).toBeGreaterThan(0)
  })

  it('is true within a fifth while an engine works on several, part by part', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 60, max: 3600 }), { minLength: 1, maxLength: 8 }),
        fc.double({ min: 1, max: 20, noNaN: true }),
        (lengths, speed) => {
          const looks = simulated(lengths, speed)
          for (const { at, all, ended } of looks) {
            const past = [run(-60_000, 0, 60 * speed), ...ended]
            const { outlooks } = forecastOf(at, past, all, 'a')
            for (const { id } of all) {
              const left = ((looks.ends.get(id) as number) - at) / 1000
              const said = outlooks.get(id)?.secondsLeft as number
              // Turns are taken by whole parts.
              expect(Math.abs(said - left)).toBeLessThanOrEqual(
                0.2 * left + ((lengths.length + 1) * PART) / speed,
              )
            }
          }
        },
      ),
      { numRuns: 60, examples: [[[60, 60, 1492], 1]] },
    )
  })
})

/** Seconds of sound. */
const PART = 28

/** An engine that takes the parts of all in turn; what could be seen each time that one was done. */
function simulated(lengths: readonly number[], speed: number) {
  const all = lengths.map((seconds, k) => open(String(k), { seconds, runs: true }))
  const ends = new Map<string, number>()
  const looks: { at: number; all: Open[]; ended: Run[] }[] = []
  const ended: Run[] = []
  let line = [...all]
  for (let at = 0; line.length > 0; ) {
    const [turn, ...rest] = line as [Open, ...Open[]]
    turn.heardAt ??= at
    looks.push({ at, all: line.map((each) => ({ ...each })), ended: [...ended] })
    const part = Math.min(PART, (turn.seconds as number) - (turn.done?.seconds ?? 0))
    at += (part / speed) * 1000
    turn.done = { seconds: (turn.done?.seconds ?? 0) + part, at }
    const isDone = turn.done.seconds >= (turn.seconds as number)
    if (isDone) {
      ends.set(turn.id, at)
      ended.push(run(turn.heardAt, at, turn.seconds as number))
    }
    line = isDone ? rest : [...rest, turn]
  }
  return Object.assign(looks, { ends })
}
