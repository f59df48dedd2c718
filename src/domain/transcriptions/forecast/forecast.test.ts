import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endsOf } from './ends.ts'
import { latelyFrom, marksOf } from './heard.ts'
import { forecastOf, type Open } from './rules.ts'
import { type Run, speedometer } from './speed.ts'

const run = (from: number, to: number, seconds: number, model = 'base'): Run => ({ model, from, to, seconds })
const open = (id: string, more: Partial<Open> = {}): Open => ({
  id,
  accountId: 'a',
  model: 'base',
  runs: more.heardAt !== undefined,
  seconds: 600,
  heardAt: null,
  marks: [],
  isFetched: false,
  ...more,
})

describe('what was heard', () => {
  it('is one mark for what was stored together, as far as the last part goes', () => {
    const stored = [
      { channel: 0, at: 5000, to: 20 },
      { channel: 0, at: 5600, to: 90 },
      { channel: 0, at: 5300, to: 60 },
      { channel: 0, at: 9000, to: 200 },
    ]
    expect(marksOf(stored)).toEqual([
      { at: 5600, seconds: 90 },
      { at: 9000, seconds: 200 },
    ])
  })

  it('counts half, where each channel is heard for itself', () => {
    const stored = [
      { channel: 1, at: 2000, to: 100 },
      { channel: 2, at: 9000, to: 60 },
    ]
    expect(marksOf(stored).map(({ seconds }) => seconds)).toEqual([50, 80])
  })

  it('tells the speed by its last stretch, and not by a beginning alone', () => {
    const marks = [20, 320, 620, 920, 1220, 1520].map((seconds, k) => ({ at: 10_000 * (k + 1), seconds }))
    expect(latelyFrom(0, marks.slice(0, 1))).toBeUndefined()
    expect(latelyFrom(0, marks.slice(0, 3))).toEqual(marks[0])
    expect(latelyFrom(0, marks)).toEqual(marks[2])
    expect(latelyFrom(0, marks.slice(1, 3))).toEqual({ at: 0, seconds: 0 })
    expect(latelyFrom(0, marks.slice(1, 2))).toEqual({ at: 0, seconds: 0 })
    // The first two were heard in an earlier attempt.
    expect(latelyFrom(25_000, marks.slice(0, 3))).toEqual({ at: 25_000, seconds: 320 })
  })
})

describe('the speed', () => {
  const nothing = { lately: [], earlier: [], begun: [] }
  const speedsOf = (past: Run[], lately: Run[] = []) => speedometer(past, { ...nothing, lately }).speeds

  it('is the sound of a second, whatever ran at once', () => {
    const alone = speedsOf([run(0, 10_000, 100), run(20_000, 30_000, 100)])
    const together = speedsOf([run(0, 20_000, 100), run(0, 20_000, 100)])
    expect([alone.get('base'), together.get('base')]).toEqual([10, 10])
  })

  it('is known of each model, also where two shared the engine', () => {
    const speeds = speedsOf([run(0, 20_000, 100), run(0, 20_000, 20, 'large')])
    expect(Object.fromEntries(speeds)).toEqual({ base: 10, large: 2 })
  })

  it('follows what runs now more than what was long ago', () => {
    const past = [run(0, 3_600_000, 36_000)]
    expect(speedsOf(past).get('base')).toBe(10)
    const slower = speedsOf(past, [run(4_000_000, 4_120_000, 240)]).get('base') as number
    expect(slower).toBeGreaterThan(2)
    expect(slower).toBeLessThan(2.5)
  })

  it('is that of recordings of about the same length, and of most of them', () => {
    const short = [run(0, 6000, 60), run(10_000, 16_000, 60)]
    const past = [...short, run(20_000, 30_000, 600), run(40_000, 50_000, 600), run(60_000, 260_000, 600)]
    const { speedOf } = speedometer(past, nothing)
    expect([speedOf('base', 50), speedOf('base', 900)]).toEqual([10, 60])
  })

  it('tells what each takes besides its length, for one of another length than all before', () => {
    // 4 s each, and a second for 20 s of sound; one had a cold start.
    const took = (from: number, seconds: number, more = 0) =>
      run(from, from + 4000 + 50 * seconds + more, seconds)
    const past = [
      took(0, 10, 20_000),
      took(100_000, 12),
      took(200_000, 60),
      took(300_000, 15),
      took(400_000, 80),
    ]
    const { speedOf } = speedometer(past, nothing)
    expect(1800 / (speedOf('base', 1800) as number)).toBeCloseTo(94, 0)
    expect(2 / (speedOf('base', 2) as number)).toBeCloseTo(4.1, 0)
    // Without different lengths it is not known.
    const alike = speedometer([took(0, 10), took(100_000, 12), took(200_000, 15)], nothing)
    expect(1800 / (alike.speedOf('base', 1800) as number)).toBeGreaterThan(500)
  })

  it('is not less than in a beginning', () => {
    const begun = [run(100_000, 105_000, 25)]
    expect(speedometer([run(0, 60_000, 60)], { ...nothing, begun }).speedOf('base', 600)).toBe(5)
  })

  it('is told by a beginning where nothing else is known: what follows goes faster', () => {
    const begun = [run(100_000, 105_000, 25)]
    const { speedOf, speeds } = speedometer([], { ...nothing, begun })
    expect([speedOf('base', 600), speedOf('large', 600)]).toEqual([9.5, undefined])
    expect(speeds.get('base')).toBe(9.5)
  })

  it('is not guessed from a moment', () => {
    expect(speedsOf([run(0, 50, 30)]).size).toBe(0)
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

  // As they were measured: base on two cores, first recordings of all, whose model nobody has named.
  it.each([
    [300, 2400, 10.45],
    [300, 9000, 3.85],
    [900, 3100, 32.7],
    [900, 19_000, 16.8],
    [900, 32_000, 3.8],
  ])('is there for the first recording of all, of %i s, %i ms after its start', (seconds, at, left) => {
    const measured = {
      300: [{ at: 1800, seconds: 24 }],
      900: [
        { at: 2070, seconds: 24 },
        { at: 17_130, seconds: 377 },
        { at: 30_680, seconds: 747 },
      ],
    }
    const marks = measured[seconds as 300 | 900].map((mark) => ({ ...mark, at: mark.at + 500 }))
    const first = open('first', {
      model: null,
      seconds,
      heardAt: 500,
      marks: marks.filter((mark) => mark.at <= at + 500),
    })
    const said = forecastOf(at + 500, [], [first], 'a').outlooks.get('first')?.secondsLeft as number
    expect(Math.abs(said - left)).toBeLessThan(0.2 * left + 1)
  })

  it('runs down between two parts', () => {
    const at = (now: number) =>
      of(now, [open('a', { heardAt: 100_000, marks: [{ at: 130_000, seconds: 300 }] })]).outlooks.get('a')
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
    const heard = turn.marks.at(-1)?.seconds ?? 0
    const seconds = Math.min(heard + PART, turn.seconds as number)
    at += ((seconds - heard) / speed) * 1000
    turn.marks = [...turn.marks, { at, seconds }]
    const isDone = seconds >= (turn.seconds as number)
    if (isDone) {
      ends.set(turn.id, at)
      ended.push(run(turn.heardAt, at, turn.seconds as number))
    }
    line = isDone ? rest : [...rest, turn]
  }
  return Object.assign(looks, { ends })
}
