import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PostLimits } from '../../ports/publisher.ts'
import { storable } from '../storable.ts'
import { letters } from './letters.ts'
import { linksIn } from './links.ts'
import { cutThread, fits, postLength } from './thread.ts'

const MASTODON: PostLimits = { graphemes: 500, link: 23 }
const BLUESKY: PostLimits = { graphemes: 300, bytes: 3000 }

const SENTENCES = [
  'Hello and welcome back.',
  'What did we learn today?',
  'See https://example.com/watch?v=1&list=a.B for more!',
  'The price is 3.50 e.g. for two.',
  '你好，欢迎收听今天的节目。',
  '今日は天気がいいですね！',
  '散歩に行きましょう。',
  'สวัสดีครับวันนี้เราจะพูดถึงเรื่องการเดินทาง',
  'नमस्ते, आज हम सीखेंगे।',
  'مرحبا بكم في الحلقة الجديدة؟',
  'Überraschung: „Größe“ zählt nicht.',
  '👩‍👩‍👧‍👦👍🏽🇩🇪',
  'Line one\nline two\n\nA new paragraph',
]

const sentence = fc.constantFrom(...SENTENCES)
const spoken = fc.array(sentence, { maxLength: 80 }).map((all) => all.join(' '))
const anything = fc.oneof(
  { arbitrary: spoken, weight: 4 },
  fc.string({ unit: 'grapheme', maxLength: 2000 }),
  fc.string({ unit: 'binary', maxLength: 2000 }),
  fc.constantFrom(
    'a'.repeat(5000),
    `Z${'\u0301'.repeat(5000)}`,
    `https://example.com/${'x'.repeat(2000)}`,
    '😀'.repeat(1200),
    '你'.repeat(3000),
  ),
)
const anyLimits = fc.oneof(
  fc.constantFrom(MASTODON, BLUESKY),
  fc.record({ graphemes: fc.integer({ min: 30, max: 600 }), link: fc.constantFrom(0, 23) }),
  fc.record({ graphemes: fc.integer({ min: 1, max: 50 }), bytes: fc.integer({ min: 4, max: 100 }) }),
)

const dense = (text: string): string => storable(text).replaceAll(/\s/g, '')

describe('a thread', () => {
  it('loses nothing, and none of its posts is too long or empty, in any language', () => {
    fc.assert(
      fc.property(anything, anyLimits, (text, limits) => {
        const posts = cutThread(text, limits)
        expect(dense(posts.join(''))).toBe(dense(text))
        for (const post of posts) {
          expect(fits(post, limits)).toBe(true)
          expect(post).toBe(post.trim())
          expect(post).not.toBe('')
        }
      }),
      { numRuns: 150 },
    )
  })

  it('ends its posts where sentences end, as long as they are shorter than a post', () => {
    const short = SENTENCES.filter((each) => !each.includes('\n') && /[.!?。！]$/u.test(each))
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...short), { minLength: 1, maxLength: 60 }), (all) => {
        for (const post of cutThread(all.join(' '), BLUESKY))
          expect(short.some((each) => post.endsWith(each))).toBe(true)
      }),
    )
  })

  it('is one post where the text fits, as it is', () => {
    fc.assert(
      fc.property(spoken, (text) => {
        fc.pre(text.trim() !== '' && fits(text.trim(), MASTODON))
        expect(cutThread(text, MASTODON)).toEqual([text.trim()])
      }),
    )
  })

  it('cuts between words where a sentence is too long, and takes as many as fit', () => {
    const posts = cutThread('twelve words '.repeat(100), BLUESKY)
    for (const post of posts) expect(post).toMatch(/^(twelve|words)\b.*\b(twelve|words)$/)
    for (const post of posts.slice(0, -1)) expect(post.length).toBeGreaterThan(290)
  })

  it('cuts no address', () => {
    const address = 'https://example.com/watch?v=dQw4w9WgXcQ!t'
    for (const post of cutThread(`Look at ${address} `.repeat(30), { graphemes: 60 }))
      expect(
        post
          .split('https://')
          .slice(1)
          .every((rest) => `https://${rest}`.startsWith(address)),
      ).toBe(true)
  })

  it('counts letters as people do, and links as the platform does', () => {
    expect(postLength('👩‍👩‍👧‍👦👍🏽é')).toBe(3)
    expect(postLength('see http://a.io', MASTODON)).toBe(4 + 23)
    expect(postLength('see http://a.io')).toBe(15)
  })

  it('of a long text is there soon, whatever its language', () => {
    for (const text of ['你'.repeat(20_000), 'ก'.repeat(20_000), `a${'\u0301'.repeat(20_000)}`])
      expect(cutThread(text, BLUESKY).length).toBeGreaterThan(6)
  })
})

describe('letters', () => {
  it('are those that ICU finds, in any text that it can take at once', () => {
    const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
    const mixed = fc.array(
      fc.oneof(
        sentence,
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.constantFrom('\r\n', 'e\u0301', '\u00ae\ufe0f', '\u1100\u1161'),
      ),
      { maxLength: 15 },
    )
    fc.assert(
      fc.property(mixed, (all) => {
        const text = all.join('')
        fc.pre(text.length < 900)
        expect([...letters(text)]).toEqual([...graphemes.segment(text)].map(({ segment }) => segment))
      }),
      { numRuns: 300 },
    )
  })
})

describe('links', () => {
  it.each([
    ['see https://example.com/a.', ['https://example.com/a']],
    ['(https://en.wikipedia.org/wiki/Ear_(x))', ['https://en.wikipedia.org/wiki/Ear_(x)']],
    ['HTTPS://Example.com/ÄÖ?q=„x“ http://b.io!', ['HTTPS://Example.com/ÄÖ?q=„x“', 'http://b.io']],
    ['看https://example.com/路径。好', ['https://example.com/路径。好']],
    ['https:// and http://', []],
    ['http://[', []],
    ['İ https://example.com', ['https://example.com']],
    ['https://a.iohttps://b.io', ['https://a.iohttps://b.io']],
  ])('in %j', (text, urls) => {
    expect(linksIn(text).map(({ url }) => url)).toEqual(urls)
    for (const { start, end, url } of linksIn(text)) expect(text.slice(start, end)).toBe(url)
  })
})
