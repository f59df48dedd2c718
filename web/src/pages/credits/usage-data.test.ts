import { beforeAll, expect, it } from 'vitest'
import { loadMessages } from '../../i18n/catalogue.ts'
import { everyDay, lengthOf } from './usage-data.ts'

beforeAll(() => loadMessages('credits'))

const used = { transcriptions: 1, seconds: 60, credits: 1 }

it('fills the days without use, over the change of clocks and of months', () => {
  const usage = {
    from: '2026-10-23',
    to: '2026-11-02',
    total: used,
    days: [{ day: '2026-10-26', ...used }],
    keys: [],
    sources: [],
  }
  const days = everyDay(usage)
  expect(days.map(({ day }) => day.slice(8))).toEqual('23 24 25 26 27 28 29 30 31 01 02'.split(' '))
  expect(days.filter(({ credits }) => credits > 0)).toEqual([{ day: '2026-10-26', ...used }])
})

it.each([
  [0, '0 s'],
  [59.4, '59 s'],
  [60, '1 min'],
  [3599, '1 h 0 min'],
  [3900, '1 h 5 min'],
])('%s seconds are %s', (seconds, said) => expect(lengthOf(seconds)).toBe(said))
