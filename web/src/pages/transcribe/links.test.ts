import { describe, expect, it } from 'vitest'
import { linksIn } from './links.ts'

it('finds links however they are separated, each once', () => {
  expect(linksIn(' https://youtu.be/abc\n\nhttps://example.org/a.mp3 https://youtu.be/abc ')).toEqual({
    links: ['https://youtu.be/abc', 'https://example.org/a.mp3'],
    unclear: [],
  })
  expect(linksIn('')).toEqual({ links: [], unclear: [] })
})

it('adds what people leave out', () => {
  expect(linksIn('www.tiktok.com/@a/video/1').links).toEqual(['https://www.tiktok.com/@a/video/1'])
  expect(linksIn('youtu.be/abc example.org:8080/a.mp3').links).toEqual([
    'https://youtu.be/abc',
    'https://example.org:8080/a.mp3',
  ])
})

it('says what it does not understand', () => {
  expect(linksIn('hello ftp://example.org/a.mp3 https:// [::1]/a.wav')).toEqual({
    links: [],
    unclear: ['ftp://example.org/a.mp3', 'https://', 'hello', '::1]/a.wav'],
  })
  expect(linksIn('http://[::1]/a.wav ftp://example.org/a.mp3')).toEqual({
    links: ['http://[::1]/a.wav'],
    unclear: ['ftp://example.org/a.mp3'],
  })
  expect(linksIn('e.g. and/or talk.mp3 me@example.org 1/2 a.m./p.m.').links).toEqual([])
})

describe('among other words', () => {
  const found = (text: string): string[] => {
    const { links, unclear } = linksIn(text)
    expect(unclear).toEqual([])
    return links
  }

  it('takes the links of an e-mail', () => {
    const text = `Hi, e.g. these two (https://youtu.be/a) and https://youtu.be/b, please.
      Also “https://vimeo.example/1”; is (https://en.wikipedia.org/wiki/A_(b)) fine? me@example.org`
    expect(found(text)).toEqual([
      'https://youtu.be/a',
      'https://youtu.be/b',
      'https://vimeo.example/1',
      'https://en.wikipedia.org/wiki/A_(b)',
    ])
  })

  it('takes those of a list, of Markdown, of HTML and of a table', () => {
    expect(found('1. https://a.example/1\n- https://a.example/2\n* <https://a.example/3>')).toHaveLength(3)
    expect(found('[Talk](https://a.example/1), [two](https://a.example/2)')).toEqual([
      'https://a.example/1',
      'https://a.example/2',
    ])
    expect(found('<a href="https://a.example/1?x=1&y=2">Talk</a>')).toEqual(['https://a.example/1?x=1&y=2'])
    expect(found('https://a.example/1,https://a.example/2;https://a.example/3')).toHaveLength(3)
    expect(found('Talk\thttps://a.example/1\t12:30')).toEqual(['https://a.example/1'])
  })

  it('leaves an address in an address whole', () => {
    const archived = 'https://web.archive.org/web/2020/https://a.example/1?u=https://b.example/'
    expect(found(archived)).toEqual([archived])
  })

  it('is quick with a long text', () => {
    const many = Array.from({ length: 20_000 }, (_, k) => `word, (https://a.example/${k})`).join(' ')
    expect(found(many)).toHaveLength(20_000)
    expect(
      found(`https://a.example/ ${'('.repeat(100_000)}${',http'.repeat(20_000)} ${')'.repeat(100_000)}`),
    ).toHaveLength(1)
  })
})
