import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanCaptions } from './clean.ts'
import { parseCaptions } from './parse.ts'

describe('WebVTT and SubRip', () => {
  test('what YouTube’s recogniser shows in two rolling lines is said once', () => {
    const shown = [
      ...['WEBVTT', 'Kind: captions', 'Language: en', ''],
      ...[
        '00:00:00.500 --> 00:00:02.000 align:start position:0%',
        ' ',
        'four<00:00:00.900><c> seven</c>',
        '',
      ],
      ...['00:00:02.000 --> 00:00:02.010 align:start position:0%', 'four seven', ' ', ''],
      ...[
        '00:00:02.010 --> 00:00:04.600 align:start position:0%',
        'four seven',
        'one<00:00:02.800><c> one</c>',
        '',
      ],
      ...['00:00:04.600 --> 00:00:04.610 align:start position:0%', 'one one', ' ', ''],
      ...['00:00:04.610 --> 00:00:06.000 align:start position:0%', 'one one', 'nine', ''],
    ].join('\n')
    expect(parseCaptions('vtt', shown)).toEqual([
      { start: 0.5, end: 2.01, text: 'four seven' },
      { start: 2.01, end: 4.61, text: 'one one' },
      { start: 4.61, end: 6, text: 'nine' },
    ])
  })

  test('what is said twice stays twice', () => {
    const said = 'WEBVTT\n\n00:00.000 --> 00:01.000\nno\n\n00:03.000 --> 00:04.000\nno\n'
    expect(parseCaptions('vtt', said).map(({ text }) => text)).toEqual(['no', 'no'])
  })

  test('tags, entities, notes, styles and names of cues are none of the words', () => {
    const file = `\uFEFFWEBVTT - a title

STYLE
::cue { color: red }

NOTE 00:00:00.000 --> 00:00:09.000
not this

intro
00:00.000 --> 00:02.000 line:90%
<v Ann><c.yellow>Tom &amp; Jerry</c>, 1 &lt; 2</v> &#8211; <i>ok</i>&nbsp;&#x21;
<b></b>

2
01:00:02,500 --> 01:00:04,000
{\\an8}<font color="#fff">a&amp;lt;b</font>\u200b
`
    expect(parseCaptions('vtt', file.replaceAll('\n', '\r\n'))).toEqual([
      { start: 0, end: 2, text: 'Tom & Jerry, 1 < 2 – ok !' },
      { start: 3602.5, end: 3604, text: 'a&lt;b' },
    ])
  })

  test('SubRip with spaces between its cues, and none', () => {
    const file =
      '1\n00:00:00,000 --> 00:00:01,000\na\n \n2\n00:00:01,000 --> 00:00:02,000\nb\n00:00:02,000 --> 00:00:03,000\nc'
    expect(parseCaptions('srt', file).map(({ text }) => text)).toEqual(['a', 'b', 'c'])
  })

  test.each(['', 'WEBVTT', '<html>not found</html>', '00:00:02.000 --> 00:00:01.000\nbackwards'])(
    '%j has no segments',
    (file) => {
      expect(parseCaptions('srt', file)).toEqual([])
    },
  )
})

describe('json3', () => {
  const json = (events: unknown): string => JSON.stringify({ wireMagic: 'pb3', events })

  test('the words of an event are one segment, up to where the next begins', () => {
    const events = [
      { tStartMs: 0, dDurationMs: 8000, id: 1, wpWinPosId: 1 },
      { tStartMs: 500, dDurationMs: 3000, segs: [{ utf8: 'four' }, { utf8: ' seven', tOffsetMs: 700 }] },
      { tStartMs: 2000, dDurationMs: 1500, aAppend: 1, segs: [{ utf8: '\n' }] },
      { tStartMs: 2000, dDurationMs: 3600, segs: [{ utf8: 'one &amp;\none' }] },
    ]
    expect(parseCaptions('json3', json(events))).toEqual([
      { start: 0.5, end: 2, text: 'four seven' },
      { start: 2, end: 5.6, text: 'one & one' },
    ])
  })

  test.each(['', '{', '[]', 'null', '{"events": {}}', json([null, 1, {}, { segs: 1 }, { segs: [{}] }])])(
    '%j has no segments',
    (file) => {
      expect(parseCaptions('json3', file)).toEqual([])
    },
  )
})

test('whatever comes in: times never run backwards, no segment is empty, and cleaning twice changes nothing', () => {
  const cue = fc.record({
    start: fc.double({ min: 0, max: 100, noNaN: true }),
    length: fc.double({ min: 0, max: 10, noNaN: true }),
    lines: fc.array(fc.constantFrom('a', 'b', 'c', '', '<i>a</i>', '&amp;'), { maxLength: 3 }),
  })
  fc.assert(
    fc.property(fc.array(cue, { maxLength: 12 }), (cues) => {
      const cleaned = cleanCaptions(
        cues.map(({ start, length, lines }) => ({ start, end: start + length, text: lines.join('\n') })),
      )
      cleaned.forEach(({ start, end, text }, i) => {
        expect(text.trim()).not.toBe('')
        expect(end).toBeGreaterThanOrEqual(start)
        if (i > 0) expect(start).toBeGreaterThanOrEqual(cleaned[i - 1]!.start)
      })
    }),
    { numRuns: 200 },
  )
})
