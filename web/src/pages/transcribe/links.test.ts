import { expect, it } from 'vitest'
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
})

it('says what it does not understand', () => {
  expect(linksIn('hello ftp://example.org/a.mp3 https:// [::1]/a.wav')).toEqual({
    links: ['https://[::1]/a.wav'],
    unclear: ['hello', 'ftp://example.org/a.mp3', 'https://'],
  })
})
