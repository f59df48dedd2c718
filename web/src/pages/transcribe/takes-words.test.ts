import { beforeAll, expect, it } from 'vitest'
import { loadMessages } from '../../i18n/catalogue.ts'
import { takesWords } from './takes-words.ts'

beforeAll(() => loadMessages('order', 'jobs'))

it('says when an order will be done, as far as that is known', () => {
  expect(takesWords(10, 0, [3600, 600])).toBe('Done in about 7 minutes.')
  expect(takesWords(10, 600, [600])).toBe('Done in about 11 minutes: other work comes first.')
  expect(takesWords(10, 0, [600, null])).toBe('What has a known length will be done in about 1 minute.')
  expect(takesWords(null, 0, [600])).toBe('The time it takes is shown shortly after it starts.')
  expect(takesWords(10, 0, [null])).toBe('')
})
