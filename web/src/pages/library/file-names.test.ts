import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fileNames } from './file-names.ts'

it('calls files after the titles', () => {
  expect(fileNames(['Interview.mp3', 'interview', 'a/b: "c"?', '..', '2026-11-21'], 'srt')).toEqual([
    'Interview.srt',
    'interview (2).srt',
    'a b c.srt',
    'transcript.srt',
    '2026-11-21.srt',
  ])
})

it('gives every title a name of its own that no system refuses', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (titles) => {
      const names = fileNames(titles, 'txt')
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(titles.length)
      for (const name of names) expect(name).toMatch(/^[^\s./\\:*?"<>|][^/\\:*?"<>|]*\.txt$/)
    }),
  )
})
