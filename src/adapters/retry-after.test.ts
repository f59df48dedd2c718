import { describe, expect, it } from 'vitest'
import { retryAfterMs } from './retry-after.ts'

const NOW = Date.UTC(1994, 10, 6, 8, 49, 7)

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    [' 120 ', 120_000],
    ['1.5', 1500],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 30_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 30_000],
    ['Sun Nov  6 08:49:37 1994', 30_000],
    ['Sun, 06 Nov 1994 08:48:00 GMT', 0],
  ])('%s is understood', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms)
  })

  it.each([null, undefined, '', 'soon', '-5', '1e9', '0x10', '6 Nov 1994', 'Sun, 99 Nov 1994 08:49:37 GMT'])(
    '%s makes no sense',
    (header) => {
      expect(retryAfterMs(header, NOW)).toBeUndefined()
    },
  )
})
