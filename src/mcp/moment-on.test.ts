import { expect, it } from 'vitest'
import { momentOn } from '../contract/moment-on.ts'

it('opens YouTube at a moment', () => {
  const link = {
    kind: 'link',
    platform: 'youtube',
    id: 'dQw4w9WgXcQ',
    url: 'https://youtu.be/dQw4w9WgXcQ',
  } as const
  expect(momentOn(link)?.(83.9)).toBe('https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=83s')
})

it('opens a media file at a moment', () => {
  const url = { kind: 'url', url: 'https://example.com/talk.mp3?x=1#top', mediaId: null } as const
  expect(momentOn(url)?.(83)).toBe('https://example.com/talk.mp3?x=1#t=83')
})

it('promises nothing of platforms that take no moment', () => {
  const link = {
    kind: 'link',
    platform: 'tiktok',
    id: '1',
    url: 'https://www.tiktok.com/@a/video/1',
  } as const
  expect(momentOn(link)).toBeUndefined()
  expect(momentOn({ kind: 'media', mediaId: 'media_1' })).toBeUndefined()
})
