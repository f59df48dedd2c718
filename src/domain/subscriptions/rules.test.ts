import { describe, expect, it } from 'vitest'
import type { ListedItem } from '../../ports/listings.ts'
import { affordable, entriesToRead, entryKey, lookWait, newEntries, retryWait, sourceOf } from './rules.ts'

const H = 3_600_000
const item = (key: string): ListedItem => ({
  url: `https://a.example/${key}`,
  key,
  title: null,
  seconds: null,
})
const list = (keys: string, more = false) => ({ title: null, items: [...keys].map(item), more })
const seen = (keys: string) => new Set([...keys].map((key) => entryKey({ key })))
const keysOf = (entries: readonly ListedItem[]) => entries.map(({ key }) => key).join('')

describe('what is new in a list', () => {
  it.each([
    ['nothing', 'abc', 'abc', ''],
    ['what came on top', 'xyabc', 'abc', 'xy'],
    ['what came at the end', 'abcx', 'abc', 'x'],
    ['what came in between', 'axbc', 'abc', 'x'],
    ['not what is listed again after it was gone', 'ab', 'abc', ''],
    ['all of it, where nothing is known', 'abc', '', 'abc'],
  ])('%s', (_, keys, known, expected) => {
    expect(keysOf(newEntries(list(keys), seen(known)).fresh)).toBe(expected)
  })

  it('if the list goes on, entries behind the last known one are older', () => {
    const { fresh, older } = newEntries(list('xacd', true), seen('abc'))
    expect([keysOf(fresh), keysOf(older)]).toEqual(['x', 'd'])
    expect(keysOf(newEntries(list('wxyz', true), seen('abc')).fresh)).toBe('wxyz')
  })
})

it('waits longer after each failure, up to a day, and never less than usual', () => {
  expect([0, 1, 2, 3, 10, 500].map((n) => lookWait(H, n) / H)).toEqual([1, 2, 4, 8, 24, 24])
  expect(lookWait(7 * 24 * H, 3)).toBe(7 * 24 * H)
  expect([0, 1, 4, 99].map((n) => retryWait(n) / H)).toEqual([1, 2, 16, 24])
})

it('starts what the credits are enough for, and skips what is too expensive', () => {
  const entries = [60, 6000, null, 120, 60].map((seconds, k) => ({ seconds, k }))
  const policy = { kind: 'per_minute', credits: 1 } as const
  expect(affordable(entries, 4, policy).map(({ k }) => k)).toEqual([0, 2, 3])
  expect(affordable(entries, 0, policy)).toEqual([])
  expect(affordable(entries, 0, { kind: 'flat', credits: 0 })).toHaveLength(5)
})

it('knows a list by every spelling of its address', () => {
  const playlist = 'https://www.youtube.com/playlist?list=PL1234567890'
  expect(sourceOf('youtube.com/watch?v=dQw4w9WgXcQ&list=PL1234567890')).toBe(playlist)
  expect(sourceOf('https://Pod.Example:443/feed#top')).toBe('https://pod.example/feed')
  expect(entriesToRead(playlist)).toBeGreaterThan(entriesToRead(sourceOf('https://www.youtube.com/@one')))
  expect(entriesToRead('https://pod.example/feed')).toBe(entriesToRead(playlist))
})
