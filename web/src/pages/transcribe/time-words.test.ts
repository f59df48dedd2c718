import { beforeAll, expect, it } from 'vitest'
import { loadMessages } from '../../i18n/catalogue.ts'
import { timeLeftWords } from './time-words.ts'

beforeAll(() => loadMessages('jobs'))

it('is said as roughly as it is known', () => {
  const words = [3, 11, 41, 58, 95, 3540, 3700, 5400, 9000].map((s) => timeLeftWords(s * 1000))
  expect(words).toEqual([
    'a few seconds left',
    'about 20 seconds left',
    'about 50 seconds left',
    'about 1 minute left',
    'about 2 minutes left',
    'about 59 minutes left',
    'about 1 hour left',
    'about 1.5 hours left',
    'about 2.5 hours left',
  ])
})
