import { describe, expect, it } from 'vitest'
import { createFeedReader } from './reader.ts'

/** Fed in pieces, as it arrives. */
function read(xml: string, most = 10, piece = 7) {
  const reader = createFeedReader(most)
  for (let at = 0; at < xml.length && !reader.full(); at += piece) reader.write(xml.slice(at, at + piece))
  return reader.end()
}

const item = (k: number, more = ''): string =>
  `<item><title>Episode ${k} &amp; more</title><guid isPermaLink="false">id-${k}</guid>${more}` +
  `<enclosure url="https://cdn.example.com/${k}.mp3?a=1&amp;b=2" length="1" type="audio/mpeg"/></item>`
const rss = (items: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
  <channel><title>A <![CDATA[show & tell]]></title><image><title>not this</title></image>${items}</channel></rss>`

describe('a feed', () => {
  it('of RSS: titles, addresses, ids and lengths, in its order', () => {
    const duration = (text: string): string => `<itunes:duration>${text}</itunes:duration>`
    const xml = rss(item(1, duration('1:02:03')) + item(2, duration('90')) + item(3, duration('soon')))
    expect(read(xml)).toEqual({
      title: 'A show & tell',
      more: false,
      items: [1, 2, 3].map((k) => ({
        url: `https://cdn.example.com/${k}.mp3?a=1&b=2`,
        key: `id-${k}`,
        title: `Episode ${k} & more`,
        seconds: [3723, 90, null][k - 1],
      })),
    })
  })

  it('of Atom, by its enclosures', () => {
    const xml = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Talks</title>
      <entry><title>One</title><id>urn:1</id><link href="https://example.com/1"/>
      <link rel="enclosure" type="audio/mp4" href="https://example.com/1.m4a"/></entry></feed>`
    expect(read(xml)).toEqual({
      title: 'Talks',
      more: false,
      items: [{ url: 'https://example.com/1.m4a', key: 'urn:1', title: 'One', seconds: null }],
    })
  })

  it('leaves out what is no sound or film, has no http address, or comes twice', () => {
    const enclosure = (url: string, type?: string): string =>
      `<item><enclosure url="${url}"${type === undefined ? '' : ` type="${type}"`}/></item>`
    const xml = rss(
      enclosure('https://example.com/a.pdf', 'application/pdf') +
        enclosure('file:///etc/passwd', 'audio/mpeg') +
        enclosure('no address', 'audio/mpeg') +
        `<item><title>only text</title></item>` +
        enclosure('https://example.com/a.mp3') +
        enclosure('https://example.com/a.mp3', 'audio/mpeg') +
        enclosure('https://example.com/film', 'video/mp4'),
    )
    expect(read(xml)?.items.map(({ url }) => url)).toEqual([
      'https://example.com/a.mp3',
      'https://example.com/film',
    ])
  })

  it('is read no further than is asked for', () => {
    const xml = rss([1, 2, 3, 4, 5].map((k) => item(k)).join('')).replace('</rss>', '<broken')
    expect(read(xml, 3)).toMatchObject({ more: true, items: [{}, {}, {}] })
    expect(read(xml, 4)).toMatchObject({ more: true })
    expect(read(rss(item(1)), 1)).toMatchObject({ more: false, items: [{}] })
  })

  it('expands no entity of its own, and fetches none', () => {
    const lol = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">'
    const xml = `<!DOCTYPE rss [${lol}]><rss><channel><title>&b;&c;</title>${item(1)}</channel></rss>`
    expect(JSON.stringify(read(xml) ?? null)).not.toMatch(/haha|root:/)
  })

  it.each([
    ['a page', '<!doctype html><html><body><br>Hello</body></html>'],
    ['another XML', '<svg><title>x</title></svg>'],
    ['JSON', '{"a": 1}'],
    ['nothing', ''],
  ])('%s is none', (_, text) => {
    expect(read(text)).toBeUndefined()
  })

  it('does not keep a text without end', () => {
    expect(
      read(rss(`<item><title>${'x'.repeat(2_000_000)}</title></item>${item(2)}`), 5, 65_536),
    ).toMatchObject({
      items: [{ key: 'id-2' }],
    })
  })
})
