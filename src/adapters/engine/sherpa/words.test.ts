import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsFromTokens } from './words.ts'

const make = (text: string, tokens: [string, number, number?][], seconds = 10) =>
  wordsFromTokens({
    text,
    tokens: tokens.map(([token]) => token),
    timestamps: tokens.map(([, at]) => at),
    ...(tokens.some(([, , duration]) => duration !== undefined)
      ? { durations: tokens.map(([, , duration]) => duration ?? 0) }
      : {}),
    seconds,
  })

describe('wordsFromTokens', () => {
  it('joins SentencePiece tokens', () => {
    expect(
      make('hello world', [
        ['▁hel', 0.5],
        ['lo', 0.7],
        ['▁world', 1],
      ]),
    ).toEqual([
      { word: 'hello', start: 0.5, end: 1 },
      { word: 'world', start: 1, end: 1.5 },
    ])
  })

  it('joins Whisper tokens, which bring their space along, and leaves punctuation with its word', () => {
    const words = make(' And so, my friend.', [
      [' And', 0],
      [' so', 0.4],
      [',', 0.6],
      [' my', 0.9],
      [' friend', 1.1],
      ['.', 1.6],
    ])
    expect(words.map((word) => word.word)).toEqual(['And', 'so,', 'my', 'friend.'])
    expect(words.map((word) => word.start)).toEqual([0, 0.4, 0.9, 1.1])
  })

  it('joins pieces that a paraformer marks as going on', () => {
    expect(
      make('tomorrow is 今天', [
        ['tomor@@', 0.1],
        ['row', 0.3],
        ['is', 0.6],
        ['今', 1],
        ['天', 1.2],
      ]),
    ).toMatchObject([
      { word: 'tomorrow', start: 0.1 },
      { word: 'is', start: 0.6 },
      { word: '今', start: 1 },
      { word: '天', start: 1.2 },
    ])
  })

  it('takes each character of an unspaced script as a word, its punctuation with it', () => {
    expect(
      make('你好，world。', [
        ['你', 0],
        ['好', 0.2],
        ['，', 0.4],
        ['world', 0.6],
        ['。', 1],
      ]).map((w) => w.word),
    ).toEqual(['你', '好，', 'world。'])
  })

  it('times a character that came as pieces of bytes', () => {
    const words = make('a 你 b', [
      ['a', 0],
      ['\uFFFD', 1],
      ['<0xA0>', 1.1],
      ['b', 2],
    ])
    expect(words).toMatchObject([
      { word: 'a', start: 0 },
      { word: '你', start: 1 },
      { word: 'b', start: 2 },
    ])
  })

  it('finds its way back after a stretch that was written otherwise', () => {
    const tokens: [string, number][] = [
      ['▁it', 0],
      ['▁is', 0.3],
      ['▁twenty', 0.5],
      ['▁five', 0.8],
      ['▁past', 1.2],
    ]
    expect(make('it is 25 past', tokens)).toMatchObject([
      { word: 'it', start: 0 },
      { word: 'is', start: 0.3 },
      { word: '25', start: 0.5 },
      { word: 'past', start: 1.2 },
    ])
  })

  it('uses durations where there are some, but never past the next word', () => {
    expect(
      make(
        'one two',
        [
          ['▁one', 1, 0.3],
          ['▁two', 2, 9],
        ],
        3,
      ),
    ).toEqual([
      { word: 'one', start: 1, end: 1.3 },
      { word: 'two', start: 2, end: 3 },
    ])
  })

  it('gives no words where there are no times', () => {
    expect(wordsFromTokens({ text: 'a b', tokens: ['a', 'b'], timestamps: [], seconds: 1 })).toEqual([])
  })

  const anyToken = fc.record({
    token: fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom('▁the', ' a', ',', '你', '<|en|>', '\uFFFD', '▁', 'x@@', '👍'),
    ),
    at: fc.double({ min: 0, max: 12, noNaN: true }),
  })

  it('gives back the text, with rising times within the part, whatever the tokens', () => {
    fc.assert(
      fc.property(fc.array(anyToken), fc.boolean(), (pieces, honest) => {
        const text = honest
          ? pieces.map((piece) => piece.token.replaceAll('▁', ' ')).join('')
          : 'some other text'
        const words = wordsFromTokens({
          text,
          tokens: pieces.map((piece) => piece.token),
          timestamps: pieces.map((piece) => piece.at),
          seconds: 10,
        })
        if (pieces.length === 0) return
        expect(words.map((word) => word.word).join('')).toBe(text.replace(/\s+/gu, ''))
        let before = 0
        for (const { start, end } of words) {
          expect(start).toBeGreaterThanOrEqual(before)
          expect(end).toBeGreaterThanOrEqual(start)
          expect(end).toBeLessThanOrEqual(10)
          before = start
        }
      }),
    )
  })
})
