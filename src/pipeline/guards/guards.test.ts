import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Recognition } from '../../ports/engine.ts'
import { isAnnotation } from './annotation.ts'
import { isCredit } from './credits.ts'
import { believed } from './index.ts'
import { withoutLoops } from './loops.ts'
import { isUnsure } from './probability.ts'
import { isTooFast } from './rate.ts'

const SENTENCES = [
  'Good morning, and welcome to the evening news.',
  'No, no, no! I said no.',
  'We will, we will rock you. We will, we will rock you.',
  'Thanks for watching, and please subscribe.',
  'He had subtitles by the dozen, and she laughed (a lot).',
  '今日はいい天気ですね。明日も晴れるでしょう。',
  'Die Untertitel waren gut, aber der Ton war schlecht.',
]

describe('what people say', () => {
  it.each(SENTENCES)('is believed: %s', (text) => {
    expect(believed({ text }, 4)).toEqual({ text })
  })

  it('is believed in a chorus and in a chant', () => {
    const chorus = Array.from({ length: 6 }, () => 'and I will always love you').join(' ')
    expect(believed({ text: chorus }, 15).text).toBe(chorus)
    const chant = Array.from({ length: 12 }, () => 'na').join(' ')
    expect(believed({ text: chant }, 6).text).toBe(chant)
  })

  it('is believed however often it is repeated, where each word has a time of its own', () => {
    const words = Array.from({ length: 50 }, (_, k) => ({ word: 'go', start: k * 0.4, end: k * 0.4 + 0.3 }))
    const result = { text: words.map((w) => w.word).join(' '), words }
    expect(believed(result, 20)).toBe(result)
  })
})

describe('loops', () => {
  const times = (n: number, phrase: string): string => Array.from({ length: n }, () => phrase).join(' ')

  it('are there once', () => {
    expect(withoutLoops({ text: `So. ${times(9, 'Thank you very much.')} Bye.` }, 28)).toEqual({
      text: 'So. Thank you very much. Bye.',
    })
    expect(withoutLoops({ text: times(40, 'you') }, 28).text).toBe('you')
    expect(withoutLoops({ text: times(9, '謝謝你') }, 28).text).toBe('謝謝你')
  })

  it('are found sooner where they are faster than talk', () => {
    const loop = times(5, 'and that is what we have been waiting for all along')
    expect(withoutLoops({ text: loop }, 5).text).toBe('and that is what we have been waiting for all along')
    expect(withoutLoops({ text: loop }, 20).text).toBe(loop)
  })

  it('leave the words that stay their times', () => {
    const all = ['So.', ...Array.from({ length: 20 }, () => 'yes'), 'Bye.']
    const words = all.map((word, k) => ({
      word,
      start: 3 + k / 1000,
      end: 3.2 + k / 1000,
      probability: k / 100,
    }))
    const segments = [{ start: 0, end: 5, text: all.join(' '), avgLogProbability: -0.3 }]
    expect(withoutLoops({ text: all.join(' '), words, segments }, 5)).toEqual({
      text: 'So. yes Bye.',
      words: [words[0], words[1], words.at(-1)],
      segments: [{ start: 0, end: 5, text: 'So. yes Bye.', avgLogProbability: -0.3 }],
    })
  })

  it('over segments leave the first ones', () => {
    const segments = Array.from({ length: 10 }, (_, k) => ({ start: k, end: k + 1, text: 'I am sorry.' }))
    const said = { start: 10, end: 12, text: 'Then he left.' }
    const result = { text: [...segments, said].map((s) => s.text).join(' '), segments: [...segments, said] }
    expect(withoutLoops(result, 14)).toEqual({
      text: 'I am sorry. Then he left.',
      segments: [segments[0], said],
    })
  })

  it('of words that all have one time were not heard', () => {
    const words = Array.from({ length: 20 }, (_, k) => ({ word: 'yes', start: 3, end: k === 19 ? 4 : 3 }))
    expect(withoutLoops({ text: times(20, 'yes'), words }, 5)).toEqual({ text: 'yes' })
  })

  it('left out or not, nothing else is', () => {
    const word = fc.constantFrom('a', 'b', 'c')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 200 }), fc.integer({ min: 1, max: 30 }), (said, seconds) => {
        const { text } = withoutLoops({ text: said.join(' ') }, seconds)
        const kept = text.split(' ').filter(Boolean)
        // A subsequence, with the same words in it.
        let at = 0
        for (const w of said) if (kept[at] === w) at++
        expect(at).toBe(kept.length)
        expect(new Set(kept)).toEqual(new Set(said))
      }),
    )
  })
})

describe('segments that nobody spoke', () => {
  const said = { start: 0, end: 3, text: 'We begin at eight.' }
  const withEnd = (end: { start: number; end: number; text: string }) => ({
    text: `${said.text} ${end.text}`,
    segments: [said, end],
  })

  it.each([
    ['a note', { start: 3, end: 9, text: '[Applause]' }],
    ['credits', { start: 3, end: 9, text: 'Subtitles by the Amara.org community' }],
    [
      'a sentence in no time',
      { start: 9.8, end: 9.8, text: 'Thank you so much for watching this video today.' },
    ],
  ])('are left out beside those that were: %s', (_, invented) => {
    expect(believed(withEnd(invented), 10)).toEqual({ text: said.text, segments: [said] })
  })

  it('are not taken for such where only their end is missing', () => {
    const last = withEnd({ start: 3, end: 3, text: 'Thank you so much for coming here today, all of you.' })
    expect(believed(last, 10)).toEqual(last)
  })
})

it('notes on sounds are not words', () => {
  for (const text of ['[Music]', '(applause)', ' ♪♪ ', '*coughs*', '[BLANK_AUDIO]', '…', '<|nospeech|>'])
    expect(isAnnotation(text), text).toBe(true)
  for (const text of ['♪ Hello darkness ♪', '(laughs) Yes.', '3'])
    expect(isAnnotation(text), text).toBe(false)
})

it('credits of subtitles were not spoken', () => {
  for (const text of [
    'Subtitles by the Amara.org community',
    'Untertitel im Auftrag des ZDF für funk, 2017',
    'Sous-titrage Société Radio-Canada',
    ' Transcribed by ESO, translated by —',
    '字幕由Amara.org社群提供',
    'Subtítulos realizados por la comunidad de Amara.org.',
  ])
    expect(isCredit(text), text).toBe(true)
  for (const text of SENTENCES) expect(isCredit(text), text).toBe(false)
})

it('nobody speaks faster than people can', () => {
  expect(isTooFast('Thank you for watching this video, and see you all again next time!', 0.7)).toBe(true)
  expect(isTooFast('Yes, of course.', 0.7)).toBe(false)
  const words = (count: number): string => Array.from({ length: count }, () => 'talk').join(' ')
  expect(isTooFast(words(300), 20)).toBe(true)
  // Seven words a second, as the fastest rappers have.
  expect(isTooFast(words(140), 20)).toBe(false)
})

it('what the model itself does not believe is not believed, where it tells', () => {
  expect(isUnsure({ text: 'x', logProbability: -2.1 })).toBe(true)
  expect(isUnsure({ text: 'x', logProbability: -0.9 })).toBe(false)
  expect(isUnsure({ text: 'x' })).toBe(false)
})

it('believing what is believed changes nothing', () => {
  const text = fc.array(fc.constantFrom('you', 'Thank', '[Music]', 'no', '谢谢', '♪', 'subtitles by'), {
    maxLength: 80,
  })
  const segment = fc.record({
    text: text.map((all) => all.join(' ')),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  const result = fc.oneof(
    fc.record({
      text: text.map((all) => all.join(' ')),
      logProbability: fc.double({ min: -4, max: 0, noNaN: true }),
    }),
    fc.array(segment, { minLength: 1, maxLength: 6 }).map((all) => {
      const segments = all
        .map(({ text, at }) => ({ text, start: at, end: at }))
        .sort((a, b) => a.start - b.start)
      return { text: segments.map((s) => s.text).join(' '), segments }
    }),
  )
  fc.assert(
    fc.property(result, fc.integer({ min: 1, max: 30 }), (said: Recognition, seconds) => {
      const once = believed(said, seconds)
      expect(believed(once, seconds)).toEqual(once)
    }),
    { numRuns: 500 },
  )
})
