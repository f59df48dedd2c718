import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findHits } from './hits.ts'
import { distinctWords, searchWords } from './search-words.ts'

const wordsOf = (text: string): string[] => searchWords(text).map((w) => w.word)

describe('words', () => {
  it.each([
    ['Zürich, déjà vu — ÉTÉ!', ['zurich', 'deja', 'vu', 'ete']],
    ['don’t stop at 3.5 kHz', ['don', 't', 'stop', 'at', '3', '5', 'khz']],
    ['用中文说话', ['用中', '中文', '文说', '说话']],
    ['GPT模型', ['gpt', '模型']],
    ['猫', ['猫']],
    ['हिन्दी में', ['हिन्दी', 'में']],
    ['Москва й', ['москва', 'и']],
    ['한국어 문장', ['한국어', '문장']],
    ['"quoted" & \'single\'', ['quoted', 'single']],
  ])('of %s', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it('are where they say, and hold only letters, digits and marks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const { word, from, to } of searchWords(text)) {
          expect(wordsOf(text.slice(from, to))).toContain(word)
          expect(word).toMatch(/^[\p{L}\p{N}\p{M}]*$/u)
        }
      }),
    )
  })

  it('are stored once each', () => {
    expect(distinctWords('One two', null, 'TWO three')).toBe('one two three')
  })
})

describe('hits', () => {
  const segments = [
    { start: 0, end: 2, text: 'A storm in Zürich.' },
    { start: 2, end: 4, text: 'Nothing to see.' },
    { start: 4, end: 6, text: `${'word '.repeat(60)}then the stormy end` },
  ]

  it('are marked at their times, beginnings of the last word too', () => {
    const { hits, hitCount } = findHits(segments, ['zurich', 'storm'], 5)
    expect(hitCount).toBe(2)
    expect(hits[0]).toMatchObject({
      start: 0,
      end: 2,
      snippet: 'A storm in Zürich.',
      marks: [
        [2, 7],
        [11, 17],
      ],
    })
    const { snippet, marks } = hits[1]!
    expect(snippet.length).toBeLessThan(240)
    expect(marks.map(([from, to]) => snippet.slice(from, to))).toEqual(['stormy'])
  })

  it('are counted beyond those that are shown', () => {
    expect(findHits(segments, ['storm'], 1)).toMatchObject({ hitCount: 2, hits: [{ start: 0 }] })
  })

  it('join what overlaps', () => {
    const { hits } = findHits([{ start: 0, end: 1, text: '我说中文话' }], ['说中', '中文'], 1)
    expect(hits[0]?.marks).toEqual([[1, 4]])
  })
})
