import { beforeAll, describe, expect, it } from 'vitest'
import type { Price } from '../../../../src/contract/native.ts'
import { loadMessages } from '../../i18n/catalogue.ts'
import { estimate, estimateWords, priceOf, rateWords, shortfall } from './price-words.ts'

beforeAll(() => loadMessages('order'))

const minute: Price = { kind: 'per_minute', credits: 1 }
const flat: Price = { kind: 'flat', credits: 2 }

it('counts started minutes, at least one', () => {
  expect([0, 59.9, 60, 60.1, 3600].map((s) => priceOf(minute, s))).toEqual([1, 1, 1, 2, 60])
  expect(priceOf(minute, null)).toBeNull()
  expect(priceOf(flat, null)).toBe(2)
})

describe('the price in words', () => {
  const says = (price: Price, ...lengths: (number | null)[]) => estimateWords(price, estimate(price, lengths))

  it('is exact where the lengths are known', () => {
    expect(says(minute, 30)).toBe('Costs 1 credit.')
    expect(says(minute, 30, 7200)).toBe('Costs 121 credits.')
    expect(says(flat, null, 5)).toBe('Costs 4 credits.')
  })

  it('is nothing where the operator takes nothing', () => {
    expect(says({ kind: 'per_minute', credits: 0 }, null, 5)).toBe('Costs nothing here.')
  })

  it('says the rate where one is not', () => {
    expect(says(minute, null)).toBe(
      'Costs 1 credit for each started minute; the length is known once it is fetched.',
    )
    expect(says(minute, 90, null)).toBe(
      'Costs 2 credits, and 1 credit for each started minute for 1 of unknown length.',
    )
    expect(rateWords({ kind: 'per_minute', credits: 2500 })).toBe(
      'Costs 2,500 credits for each started minute.',
    )
    expect(rateWords(flat)).toBe('Costs 2 credits each, however long.')
  })
})

it('says when the credits will not do', () => {
  const lack = (lengths: (number | null)[], available: number, sending: number[] = []) =>
    shortfall(estimate(minute, lengths), minute, available, estimate(minute, sending))
  expect(lack([300], 5)).toBeUndefined()
  expect(lack([300, null], 5)).toBe('You have 5 credits; this needs at least 6 credits.')
  expect(lack([1800], 29)).toBe('You have 29 credits; this needs 30 credits.')
  expect(lack([60], 31, [1800])).toBeUndefined()
  expect(lack([60], 30, [1800])).toBe(
    'You have 30 credits. What is being sent takes 30 credits of them, and this needs 1 credit.',
  )
})
