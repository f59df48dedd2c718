import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Recognition } from '../ports/engine.ts'
import { finalSegments, mergeParts, type RecognisedPart } from './merge.ts'

const RATE = 16_000

interface Said {
  word: string
  start: number
  end: number
}

/** Cuts in the middle of what is said, as the splitters make them: both sides hear a second beyond the cut. */
function spans(length: number, cuts: readonly number[]): Omit<RecognisedPart, 'result'>[] {
  const at = [0, ...cuts, length].map((t) => Math.round(t * RATE))
  return at.slice(1).map((to, index) => ({
    index,
    start: Math.max(0, at[index]! - (index > 0 ? RATE : 0)),
    from: at[index]!,
    to,
    end: index === cuts.length ? to : Math.min(Math.round(length * RATE), to + RATE),
  }))
}

const inside = (words: readonly Said[], start: number, end: number): Said[] =>
  words
    .filter((w) => w.start >= start && w.end <= end)
    .map((w) => ({ word: w.word, start: w.start - start, end: w.end - start }))

type Hear = (words: Said[], seconds: number, index: number) => Recognition

const parts = (
  words: readonly Said[],
  length: number,
  cuts: readonly number[],
  hear: Hear,
): RecognisedPart[] =>
  spans(length, cuts).map((span) => {
    const [start, end] = [span.start / RATE, span.end / RATE]
    return { ...span, result: hear(inside(words, start, end), end - start, span.index) }
  })

const timed: Hear = (words) => ({ text: words.map((w) => w.word).join(' '), words })

/** Words of 0.1 to 0.9 s with gaps of 0.04 to 1 s, of a small vocabulary: the same word often follows itself. */
const speech = (vocabulary: fc.Arbitrary<string>) =>
  fc
    .array(
      fc.record({
        word: vocabulary,
        length: fc.integer({ min: 100, max: 900 }),
        gap: fc.integer({ min: 40, max: 1000 }),
      }),
      { minLength: 1, maxLength: 60 },
    )
    .map((all) => {
      let at = 0
      const words = all.map(({ word, length, gap }): Said => {
        const start = (at + gap) / 1000
        at += gap + length
        return { word, start, end: at / 1000 }
      })
      return { words, length: at / 1000 + 0.5 }
    })

/** Speech with cuts anywhere in it, at least 2.5 s apart: two overlaps and something between them. */
const cutSpeech = (vocabulary: fc.Arbitrary<string>) =>
  speech(vocabulary).chain(({ words, length }) =>
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }).map((shares) => {
      const cuts: number[] = []
      for (const cut of shares.map((s) => 1.5 + s * (length - 3)).sort((a, b) => a - b))
        if (cut > 1 && cut < length - 1 && cut - (cuts.at(-1) ?? -2.5) >= 2.5) cuts.push(cut)
      return { words, length, cuts }
    }),
  )

const few = fc.constantFrom('yes', 'no', 'well')

function expectRising(parts: RecognisedPart[]): void {
  const { segments } = mergeParts(parts)
  let before = 0
  for (const segment of segments) {
    expect(segment.start).toBeGreaterThanOrEqual(before)
    expect(segment.end).toBeGreaterThanOrEqual(segment.start)
    before = segment.start
    for (const word of segment.words ?? []) {
      expect(word.start).toBeGreaterThanOrEqual(before)
      expect(word.end).toBeGreaterThanOrEqual(word.start)
      expect(word.end).toBeLessThanOrEqual(segment.end)
      before = word.start
    }
  }
}

describe('cutting anywhere loses and doubles nothing', () => {
  it('where the engine gives times of words: text, times and order are those of the whole', () => {
    fc.assert(
      fc.property(cutSpeech(few), ({ words, length, cuts }) => {
        const all = parts(words, length, cuts, timed)
        const merged = mergeParts(all, length)
        expect(merged.text).toBe(words.map((w) => w.word).join(' '))
        const heard = merged.segments.flatMap((s) => s.words!)
        heard.forEach((w, k) => {
          expect(w.start).toBeCloseTo(words[k]!.start, 2)
        })
        expectRising(all)
      }),
      { numRuns: 500 },
    )
  })

  it('where the two hearings of a word differ in time', () => {
    const jittered = fc.tuple(cutSpeech(few), fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 7 }))
    fc.assert(
      fc.property(jittered, ([{ words, length, cuts }, jitter]) => {
        const all = parts(words, length, cuts, (heard, seconds, index) => {
          const late = (jitter[index % jitter.length] ?? 0) / 1000
          const within = (t: number): number => Math.min(seconds, Math.max(0, t + late))
          return timed(
            heard.map((w) => ({ ...w, start: within(w.start), end: within(w.end) })),
            seconds,
            index,
          )
        })
        expect(mergeParts(all).text).toBe(words.map((w) => w.word).join(' '))
        expectRising(all)
      }),
      { numRuns: 500 },
    )
  })

  it('where each part hears something else of the words at its edges', () => {
    fc.assert(
      fc.property(cutSpeech(few), ({ words, length, cuts }) => {
        const all = spans(length, cuts).map((span): RecognisedPart => {
          const [start, end] = [span.start / RATE, span.end / RATE]
          const heard = words
            .filter((w) => w.end > start && w.start < end)
            .map((w) => ({
              word: w.start >= start && w.end <= end ? w.word : 'uh',
              start: Math.max(w.start, start) - start,
              end: Math.min(w.end, end) - start,
            }))
          return { ...span, result: timed(heard, end - start, span.index) }
        })
        expect(mergeParts(all).text).toBe(words.map((w) => w.word).join(' '))
        expectRising(all)
      }),
      { numRuns: 500 },
    )
  })

  it('where the engine gives text alone, of words that are not all alike', () => {
    const many = fc.integer({ min: 0, max: 5000 }).map((n) => `w${n.toString(36)}`)
    fc.assert(
      fc.property(cutSpeech(many), ({ words, length, cuts }) => {
        fc.pre(new Set(words.map((w) => w.word)).size === words.length)
        const all = parts(words, length, cuts, (heard) => ({ text: heard.map((w) => w.word).join(' ') }))
        expect(mergeParts(all).text).toBe(words.map((w) => w.word).join(' '))
        expectRising(all)
      }),
      { numRuns: 300 },
    )
  })

  it('where parts are written as sentences of their own, with a capital and a full stop', () => {
    const many = fc.integer({ min: 0, max: 5000 }).map((n) => `w${n.toString(36)}`)
    fc.assert(
      fc.property(cutSpeech(many), ({ words, length, cuts }) => {
        fc.pre(new Set(words.map((w) => w.word)).size === words.length)
        const all = parts(words, length, cuts, (heard) => {
          const text = heard.map((w) => w.word).join(' ')
          return { text: text && `${text[0]!.toUpperCase()}${text.slice(1)}.`, words: heard }
        })
        const plain = mergeParts(all).text.toLowerCase().replaceAll('.', '')
        expect(plain).toBe(words.map((w) => w.word).join(' '))
      }),
      { numRuns: 300 },
    )
  })
})

describe('parts that meet in a pause', () => {
  const apart = (...texts: string[]): RecognisedPart[] =>
    texts.map((text, index) => {
      const start = index * 10 * RATE
      return { index, start, from: start, to: start + 5 * RATE, end: start + 5 * RATE, result: { text } }
    })

  it('are written one after the other, each a segment', () => {
    expect(mergeParts(apart('Hello there.', 'And again.'))).toEqual({
      text: 'Hello there. And again.',
      segments: [
        { start: 0, end: 5, text: 'Hello there.' },
        { start: 10, end: 15, text: 'And again.' },
      ],
      language: null,
    })
  })

  it('keep what they repeat: it was said twice', () => {
    expect(mergeParts(apart('again and again', 'again and again')).text).toBe(
      'again and again again and again',
    )
  })

  it('without text leave no segment', () => {
    expect(mergeParts(apart('', '  '))).toEqual({ text: '', segments: [], language: null })
    expect(mergeParts(apart('one', '', 'two')).segments).toHaveLength(2)
    expect(mergeParts([])).toEqual({ text: '', segments: [], language: null })
  })

  it('take no space where the script has none', () => {
    expect(mergeParts(apart('今日は。', '明日も。')).text).toBe('今日は。明日も。')
  })
})

describe('segments', () => {
  const part = (result: Recognition, seconds = 28): RecognisedPart[] => [
    { index: 0, start: 0, from: 0, to: seconds * RATE, end: seconds * RATE, result },
  ]

  it('are the engine’s, where it gives them', () => {
    const segments = [
      { start: 0, end: 2, text: 'First.' },
      { start: 2.5, end: 4, text: 'Second one.' },
    ]
    expect(mergeParts(part({ text: 'First. Second one.', segments })).segments).toEqual(segments)
  })

  it('end at pauses and at ends of sentences', () => {
    const words = 'We have been there for a while. Then it rained and we went'
      .split(' ')
      .map((word, k) => ({ word, start: k * 0.4 + (k > 10 ? 2 : 0), end: k * 0.4 + 0.3 + (k > 10 ? 2 : 0) }))
    const text = words.map((w) => w.word).join(' ')
    expect(mergeParts(part({ text, words })).segments.map((s) => s.text)).toEqual([
      'We have been there for a while.',
      'Then it rained and',
      'we went',
    ])
  })

  it('keep the punctuation and the case of the text', () => {
    const words = ['hello', 'world', 'bye'].map((word, k) => ({ word, start: k, end: k + 0.9 }))
    expect(mergeParts(part({ text: 'Hello, world! Bye.', words })).text).toBe('Hello, world! Bye.')
  })

  it('never end after the recording', () => {
    const words = [{ word: 'late', start: 4.8, end: 5.3 }]
    const { segments } = mergeParts(part({ text: 'late', words }, 6), 5.1)
    expect(segments).toEqual([
      { start: 4.8, end: 5.1, text: 'late', words: [{ word: 'late', start: 4.8, end: 5.1 }] },
    ])
  })

  it('become final one after the other, and stay as they are', () => {
    fc.assert(
      fc.property(cutSpeech(few), ({ words, length, cuts }) => {
        const all = parts(words, length, cuts, timed)
        const whole = mergeParts(all).segments
        for (let n = 0; n <= all.length; n++) {
          const early = finalSegments(all.slice(0, n))
          expect(whole.slice(0, early.length)).toEqual(early)
        }
        // The last one may go on, as far as anybody knows.
        expect(whole.length - finalSegments(all).length).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('what the engine tells of its words', () => {
  const measured = {
    avgLogProbability: -0.2,
    noSpeechProbability: 0.01,
    compressionRatio: 1.4,
    temperature: 0,
  }

  it('survives: probabilities with each word, and of each sentence what it was decoded in', () => {
    const said = 'So it was. We went home again.'.split(' ')
    const words = said.map((word, k) => ({
      word,
      start: k * 0.4,
      end: k * 0.4 + 0.3,
      probability: 0.9 - k / 100,
      tokens: [100 + k],
    }))
    const result = {
      text: said.join(' '),
      words,
      segments: [{ start: 0, end: 3, text: said.join(' '), ...measured, tokens: [1, 2, 3] }],
    }
    const { segments } = mergeParts([
      { index: 0, start: RATE, from: RATE, to: 5 * RATE, end: 5 * RATE, result },
    ])
    expect(segments).toMatchObject([
      { start: 1, text: 'So it was.', ...measured, tokens: [100, 101, 102] },
      { start: 2.2, text: 'We went home again.', ...measured, tokens: [103, 104, 105, 106] },
    ])
    expect(segments.flatMap((s) => s.words!.map((w) => w.probability))).toEqual(
      words.map((w) => w.probability),
    )
  })

  it('is the segment’s own where there are no words', () => {
    const segments = [{ start: 0, end: 2, text: 'First.', ...measured, tokens: [7, 8] }]
    const part = {
      index: 0,
      start: 0,
      from: 0,
      to: 5 * RATE,
      end: 5 * RATE,
      result: { text: 'First.', segments },
    }
    expect(mergeParts([part]).segments).toEqual(segments)
  })

  it('survives a seam, and with each word is what was told of that hearing', () => {
    fc.assert(
      fc.property(cutSpeech(few), ({ words, length, cuts }) => {
        const all = parts(words, length, cuts, (heard) => ({
          text: heard.map((w) => w.word).join(' '),
          words: heard.map((w) => ({ ...w, probability: Math.round((w.end - w.start) * 1000) / 1000 })),
        }))
        for (const { word: _, start, end, probability } of mergeParts(all).segments.flatMap((s) => s.words!))
          expect(probability).toBeCloseTo(end - start, 2)
      }),
    )
  })

  it('what was unclear has media times, and what two parts share is there once', () => {
    const spans = [
      {
        start: 0,
        from: 0,
        to: 10,
        end: 11,
        unclear: [
          { start: 4, end: 5 },
          { start: 9, end: 11 },
        ],
      },
      {
        start: 9,
        from: 10,
        to: 20,
        end: 20,
        unclear: [
          { start: 0, end: 3 },
          { start: 10.9999, end: 12 },
        ],
      },
    ]
    const all = spans.map(({ start, from, to, end, unclear }, index): RecognisedPart => {
      const [a, b, c, d] = [start, from, to, end].map((t) => t * RATE) as [number, number, number, number]
      return { index, start: a, from: b, to: c, end: d, result: { text: '', unclear } }
    })
    expect(mergeParts(all, 20)).toEqual({
      text: '',
      segments: [],
      language: null,
      unclear: [
        { start: 4, end: 5 },
        { start: 9, end: 12 },
      ],
    })
  })
})
