import { describe, expect, it } from 'vitest'
import { byDay, dayOf, monthOf, movedBy, spanOf, weeksOf } from './calendar.ts'

const days = (weeks: (Date | null)[][]): string[] =>
  weeks.map((week) => week.map((day) => day?.getDate() ?? '·').join(' '))

describe('the weeks of a month', () => {
  it('begin on Monday or on Sunday', () => {
    expect(days(weeksOf({ year: 2026, month: 1 }, 1))).toEqual([
      '· · · · · · 1',
      '2 3 4 5 6 7 8',
      '9 10 11 12 13 14 15',
      '16 17 18 19 20 21 22',
      '23 24 25 26 27 28 ·',
    ])
    expect(days(weeksOf({ year: 2026, month: 1 }, 0))).toHaveLength(4)
  })

  it.each([2024, 2026, 2100])('have every day of %i once', (year) => {
    for (let month = 0; month < 12; month++)
      for (const firstDay of [0, 1, 6]) {
        const found = weeksOf({ year, month }, firstDay).flat()
        const there = found.filter((day) => day !== null).map(dayOf)
        expect(there).toHaveLength(new Date(year, month + 1, 0).getDate())
        expect(new Set(there).size).toBe(there.length)
        found.forEach((day, k) => {
          if (day) expect((day.getDay() - firstDay + 7) % 7).toBe(k % 7)
        })
      }
  })
})

it('months follow each other, over the end of a year', () => {
  expect(movedBy({ year: 2026, month: 11 }, 1)).toEqual({ year: 2027, month: 0 })
  expect(movedBy({ year: 2026, month: 0 }, -1)).toEqual({ year: 2025, month: 11 })
  const { from, to } = spanOf(monthOf(new Date(2026, 1, 28, 23, 59)))
  expect([dayOf(from), dayOf(to)]).toEqual(['2026-02-01', '2026-03-01'])
})

it('what has a time stands under its day, the earliest day first', () => {
  const at = [new Date(2026, 10, 27, 23, 59), new Date(2026, 10, 3), new Date(2026, 10, 27, 0, 0)]
  expect(byDay(at, (each) => each).map(([day, each]) => [day, each.length])).toEqual([
    ['2026-11-03', 1],
    ['2026-11-27', 2],
  ])
})
