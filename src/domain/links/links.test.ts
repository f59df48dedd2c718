import { describe, expect, test } from 'vitest'
import { HOSTILE, MEDIA, REFUSED, SHORT } from '../../../test/support/link-table.ts'
import { LinkError, parseLink } from './index.ts'

for (const [platform, rows] of Object.entries(MEDIA)) {
  describe(platform, () => {
    test.each(rows)('%s', (url, id, canonicalUrl) => {
      expect(parseLink(url)).toEqual({ kind: 'media', link: { platform, id, canonicalUrl } })
    })
  })
}

describe('canonical links', () => {
  test.each(Object.values(MEDIA).flat())('of %s stay themselves', (_, id, canonicalUrl) => {
    expect(parseLink(canonicalUrl)).toMatchObject({ kind: 'media', link: { id, canonicalUrl } })
  })
})

describe('short links', () => {
  test.each(SHORT)('%s', (url, asked, platform) => {
    expect(parseLink(url)).toEqual({ kind: 'short', link: { platform, url: asked } })
  })
})

describe('what is no single video', () => {
  test.each(REFUSED)('%s', (url, what) => {
    expect(() => parseLink(url)).toThrow(LinkError)
    expect(() => parseLink(url)).toThrow(`${what} is not a single video. Accepted from `)
  })
})

describe('hostile', () => {
  test.each(HOSTILE.map((url) => [url]))('%j', (url) => {
    expect(() => parseLink(url)).toThrow(LinkError)
  })
})

test('the message repeats nothing of a hostile URL', () => {
  for (const url of HOSTILE.filter((each) => each.includes('evil'))) {
    try {
      parseLink(url)
    } catch (error) {
      expect(String(error)).not.toContain('evil')
    }
  }
})

test('the table is large enough to mean something', () => {
  const rows = Object.values(MEDIA).flat().length + SHORT.length + REFUSED.length + HOSTILE.length
  expect(rows).toBeGreaterThanOrEqual(250)
})
