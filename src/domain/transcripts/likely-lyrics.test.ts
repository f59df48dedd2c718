import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelledLyrics } from '../../../test/support/lyrics.ts'
import type { Transcript } from '../../ports/transcript.ts'
import { likelyLyrics } from './likely-lyrics.ts'

const word = fc.constantFrom(
  'oh',
  'night',
  'light',
  'walking',
  'I',
  'love',
  'you',
  'the',
  'river',
  'said',
  'Stop.',
)
const transcripts: fc.Arbitrary<Transcript> = fc
  .array(
    fc.record({
      words: fc.array(word, { minLength: 1, maxLength: 12 }),
      gap: fc.double({ min: 0, max: 5, noNaN: true }),
    }),
    {
      maxLength: 30,
    },
  )
  .map((lines) => {
    let at = 0
    const segments = lines.map(({ words, gap }) => {
      at += gap
      const from = at
      const timed = words.map((w, k) => ({ word: w, start: from + k * 0.3, end: from + (k + 1) * 0.3 }))
      at += words.length * 0.3
      return { start: from, end: at, text: words.join(' '), words: timed }
    })
    return { text: segments.map((s) => s.text).join(' '), segments, language: 'en' }
  })

describe('of any transcript', () => {
  it('the score is a probability, and decides', () => {
    fc.assert(
      fc.property(transcripts, (t) => {
        const { likely, score } = likelyLyrics(t)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        expect(likely).toBe(score >= 0.5)
      }),
    )
  })

  it('more music in the sound never makes it less likely', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(transcripts, share, share, (t, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        expect(likelyLyrics(t, { music: less }).score).toBeLessThanOrEqual(
          likelyLyrics(t, { music: more }).score,
        )
      }),
    )
  })

  it('when all of it begins later changes nothing', () => {
    fc.assert(
      fc.property(transcripts, fc.integer({ min: 1, max: 1000 }), (t, by) => {
        const later = <T extends { start: number; end: number }>(x: T): T => ({
          ...x,
          start: x.start + by,
          end: x.end + by,
        })
        const moved = { ...t, segments: t.segments.map((s) => ({ ...later(s), words: s.words!.map(later) })) }
        expect(likelyLyrics(moved).score).toBeCloseTo(likelyLyrics(t).score, 3)
      }),
    )
  })
})

it('says nothing of a few words', () => {
  const segments = [{ start: 0, end: 2, text: 'la la la la la la la' }]
  expect(likelyLyrics({ text: segments[0]!.text, segments, language: null })).toEqual({
    likely: false,
    score: 0,
  })
})

describe('on songs and prose that were made up for it', () => {
  const all = labelledLyrics()
  const right = (score: (l: (typeof all)[number]) => boolean): number =>
    all.filter((l) => score(l) === l.song).length / all.length

  it('is right far more often than chance, and more often with times than without', () => {
    const plain = right((l) => likelyLyrics(l.plain).likely)
    const timed = right((l) => likelyLyrics(l.timed).likely)
    expect(plain).toBeGreaterThan(0.7)
    expect(timed).toBeGreaterThan(0.85)
    expect(timed).toBeGreaterThan(plain)
  })

  it('as often as the documentation says', () => {
    const count = (which: 'timed' | 'plain') =>
      all.filter((l) => likelyLyrics(l[which]).likely === l.song).length
    const page = readFileSync(join(import.meta.dirname, '../../../docs/api-soku.md'), 'utf8')
    const said = /Of the (\d+) songs .* right on (\d+) where words have times, and on (\d+) where/s.exec(page)
    expect(said?.slice(1).map(Number)).toEqual([all.length, count('timed'), count('plain')])
  })

  it('and with what is known of the sound it does better still', () => {
    const heard = right((l) => likelyLyrics(l.timed, { music: l.song ? 0.8 : 0.1 }).likely)
    expect(heard).toBeGreaterThan(0.9)
  })
})
