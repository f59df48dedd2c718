import { describe, expect, it } from 'vitest'
import { mergeParts, type RecognisedPart } from './merge.ts'

const RATE = 16_000

describe('sentences', () => {
  const timedParts = (...texts: string[]): RecognisedPart[] => {
    let at = 0
    return texts.map((text, index) => {
      const words = text.split(' ').map((word, k) => ({ word, start: k * 0.3, end: k * 0.3 + 0.25 }))
      const begin = Math.round(at * RATE)
      at += words.length * 0.3
      const end = Math.round(at * RATE)
      return { index, start: begin, from: begin, to: end, end, result: { text, words } }
    })
  }
  const textsOf = (...texts: string[]): string[] =>
    mergeParts(timedParts(...texts)).segments.map((s) => s.text)

  it.each([
    ['Yes. No, I do not. Why?', ['Yes.', 'No, I do not.', 'Why?']],
    ['Dr. Smith met J. R. Ewing of the U.S. Army.', ['Dr. Smith met J. R. Ewing of the U.S. Army.']],
    ['Am 3. Oktober war z.B. Feiertag.', ['Am 3. Oktober war z.B. Feiertag.']],
    ['“Stop!” he said. “Go.” She went.', ['“Stop!” he said.', '“Go.”', 'She went.']],
    ['¿Qué tal? ¡Muy bien!', ['¿Qué tal?', '¡Muy bien!']],
  ])('%s', (text, sentences) => {
    expect(textsOf(text)).toEqual(sentences)
  })

  it('go on over parts that meet in the middle of them, with all their times', () => {
    expect(textsOf('And then we went', 'over the hill. There it was.')).toEqual([
      'And then we went over the hill.',
      'There it was.',
    ])
    const merged = mergeParts(timedParts('And then we went', 'over the hill.'))
    expect(merged.segments[0]!.words!.map((w) => w.start)).toEqual([0, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8])
  })

  it('too long ones are cut after a phrase, never by the letter', () => {
    const clause = 'and so it went on and on until the evening came'
    const cut = textsOf(Array.from({ length: 12 }, () => clause).join(', '))
    expect(cut.length).toBeGreaterThan(2)
    for (const text of cut.slice(0, -1)) expect(text).toMatch(/came,$/)
    for (const text of cut) expect(text.length).toBeLessThanOrEqual(200)
  })
})

it('names the language of most of the sound', () => {
  const said = (index: number, language: string, text = 'x'): RecognisedPart => ({
    index,
    start: index * RATE,
    from: index * RATE,
    to: (index + 1) * RATE,
    end: (index + 1) * RATE,
    result: { text, language },
  })
  expect(mergeParts([said(0, 'de'), said(1, 'en'), said(2, 'en')]).language).toBe('en')
  expect(mergeParts([said(0, 'de'), said(1, 'en', ' '), said(2, 'en', '')]).language).toBe('de')
})
