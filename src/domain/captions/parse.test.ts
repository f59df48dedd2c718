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
      { start: 3602.5, end: 3604, text: 'a<b' },
    ])
  })

  test('SubRip with spaces between its cues, and none', () => {
    const file =
      '1\n00:00:00,000 --> 00:00:01,000\na\n \n2\n00:00:01,000 --> 00:00:02,000\nb\n00:00:02,000 --> 00:00:03,000\nc'
    expect(parseCaptions('srt', file).map(({ text }) => text)).toEqual(['a', 'b', 'c'])
  })

  test.each(['', 'WEBVTT', '<html>not found</html>', '1\n\n2\n\n9:30 – 10:15\n'])(
    '%j has no segments',
    (file) => {
      expect(parseCaptions('srt', file)).toEqual([])
    },
  )
})

const cue = (text: string): string => `WEBVTT\n\n00:00.000 --> 00:01.000\n${text}\n`
const said = (format: 'vtt' | 'srt' | 'json3', file: string): string[] =>
  parseCaptions(format, file).map(({ text }) => text)
const srt = (...texts: string[]): string =>
  texts.map((text, k) => `${k + 1}\n00:00:0${k},000 --> 00:00:0${k + 1},000\n${text}\n`).join('\n')
const vtt = (...texts: string[]): string =>
  `WEBVTT\n\n${texts.map((text, k) => `00:0${k}.000 --> 00:0${k + 1}.000\n${text}\n`).join('\n')}`

describe('times as people and programs write them', () => {
  test.each([
    ['00:00:01,000 --> 00:00:02,000', 1, 2],
    ['0:00:01,0 --> 0:00:02,5', 1, 2.5],
    ['00:00:01 --> 00:00:02', 1, 2],
    ['00:01 --> 01:02', 1, 62],
    ['00:00:01,000-->00:00:02,000', 1, 2],
    ['00:00:01:000 --> 00:00:02:000', 1, 2],
    ['00:00:01;250 --> 00:00:02;500', 1.25, 2.5],
    ['00:00:01,0000 --> 00:00:02,5000', 1, 2.5],
    ['00:00:01.123456 --> 00:00:02.1', 1.123, 2.1],
    ['00:00:01,000 --> 00:00:02,000 X1:100 X2:200 Y1:1 Y2:2', 1, 2],
    ['00:00:01.000 --> 00:00:02.000 line:90% align:start', 1, 2],
    ['00:00:01,000 –> 00:00:02,000', 1, 2],
    ['00:00:01,000 —> 00:00:02,000', 1, 2],
    ['00:00:01,000 -> 00:00:02,000', 1, 2],
    ['00:00:01,000 → 00:00:02,000', 1, 2],
    ['00:00:01,000 ➝ 00:00:02,000', 1, 2],
    ['00:00:01,000 - -> 00:00:02,000', 1, 2],
    ['00:00:01´250 --> 00:00:02´500', 1.25, 2.5],
    ['00:00:01,000 --&gt; 00:00:02,000', 1, 2],
    ['00:00:01,000 => 00:00:02,000', 1, 2],
    ['00:00:01,000 ==> 00:00:02,000', 1, 2],
    ['00:00:01,000 >> 00:00:02,000', 1, 2],
    ['00:00:01,000 ➡\uFE0F 00:00:02,000', 1, 2],
    ['00:00:01,000 ⟹ 00:00:02,000', 1, 2],
    ['00:00:01·250 --> 00:00:02·500', 1.25, 2.5],
    ['００：００：０１，２５０ －－＞ ００：００：０２，５００', 1.25, 2.5],
    ['00：00：01，250 --> 00：00：02，500', 1.25, 2.5],
    ['\u200E00:00:01,000 --> \u200E00:00:02,000\u200F', 1, 2],
    ['00:00:01,000 – 00:00:02,000', 1, 2],
    ['00:00:01,000 - 00:00:02,000', 1, 2],
    ['00: 00: 01,000 --> 00: 00: 02, 000', 1, 2],
    ['100:00:01,000 --> 100:00:02,000', 360_001, 360_002],
    ['00.00.01,000 --> 00.00.02,000', 1, 2],
    ['00.00.01.250 --> 00.00.02.500', 1.25, 2.5],
    ['01.00.01,250-->01.00.02,500', 3601.25, 3602.5],
    ['００．００．０１，２５０ －－＞ ００．００．０２，５００', 1.25, 2.5],
    ['00:00:02,000 --> 00:00:01,000', 2, 2],
    ['-00:00:01,000 --> 00:00:02,000', 0, 2],
    ['- 00:00:03,000 --> -00:00:02,000', 0, 0],
  ])('%s', (times, start, end) => {
    const read = [{ start, end, text: 'hello' }]
    expect(parseCaptions('srt', `1\n${times}\nhello\n`)).toEqual(read)
    expect(parseCaptions('vtt', `WEBVTT\n\n${times}\nhello\n`)).toEqual(read)
  })

  test('a time of day, a range and a number that are said are text', () => {
    expect(said('srt', srt('Open 9:30 – 10:15', '12:30', '42', 'at 00:01 --> or so'))).toEqual([
      'Open 9:30 – 10:15',
      '12:30',
      '42',
      'at 00:01 --> or so',
    ])
  })

  test('numbers without an empty line before them', () => {
    const file =
      '1\n00:00:00,000 --> 00:00:01,000\nHow many?\n2\n00:00:01,000 --> 00:00:02,000\n42\n3\n00:00:02,000 --> 00:00:03,000\nRight.'
    expect(said('srt', file)).toEqual(['How many?', '42', 'Right.'])
  })

  test('what stands behind an empty line in SubRip is not lost', () => {
    const file =
      '1\n00:00:00,000 --> 00:00:01,000\none\n\ntwo\n\n2\n00:00:01,000 --> 00:00:02,000\nthree\n\nfour\n'
    expect(said('srt', file)).toEqual(['one two', 'three four'])
  })

  test('a cue whose text begins like a note is none', () => {
    expect(said('vtt', vtt('NOTE that this is said', 'STYLE matters'))).toEqual([
      'NOTE that this is said',
      'STYLE matters',
    ])
  })
})

describe('lines as systems and converters end them, numbers as people write them', () => {
  test.each(['\r\r\n', '\r', '\u2028', '\u0085'])('%j', (end) => {
    expect(said('srt', srt('one', 'two\nthree', 'four').replaceAll('\n', end))).toEqual([
      'one',
      'two three',
      'four',
    ])
  })

  test.each(['1.', '#1', '1)', ' 1 '])('%s', (number) => {
    for (const between of ['\n\n', '\n', '\n \n']) {
      const cues = [0, 1, 2].map(
        (k) => `${number.replace('1', String(k + 1))}\n00:0${k} --> 00:0${k + 1}\nsaid ${k}`,
      )
      expect(said('srt', cues.join(between))).toEqual(['said 0', 'said 1', 'said 2'])
    }
  })
})

describe('markup', () => {
  test.each([
    ['List&lt;String&gt; &amp; x', 'List<String> & x'],
    ['it&amp;#39;s Tom &amp;amp; Jerry &amp;quot;x&amp;quot;', 'it\'s Tom & Jerry "x"'],
    ['&lt;i&gt;softly&lt;/i&gt; he said', 'softly he said'],
    ['&gt;&gt; HELLO.', '>> HELLO.'],
    [
      'caf&eacute; &copy; &ntilde; &iexcl; &Eacute; &euro; &hellip; &beta; &unknown;',
      'café © ñ ¡ É € … β &unknown;',
    ],
    ['it&#146;s &#x1F600; &#0; &#xD800;', 'it’s 😀 &#0; &#xD800;'],
    ['x < y > z, I <3 you > me, a <b and c> d', 'x < y > z, I <3 you > me, a <b and c> d'],
    ['<v.loud Ann Lee>Stop <00:00:00.500><c.yellow.bg_blue>it</c> <lang en-GB>now</lang></v>', 'Stop it now'],
    ['<font color="#fff" face=\'x\' size=3>hi</font><br/>there<br>you', 'hi there you'],
    ['<ruby>漢<rt>かん</rt></ruby>字', '漢字'],
    ['<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</ruby>です', '漢字です'],
    ['می‌خواهم 👨‍👩‍👧 क्‍ष', 'می‌خواهم 👨‍👩‍👧 क्‍ष'],
    ['\u200b\u200dHi\u200b \u200cyou\u200e\u202b', 'Hi you'],
    ['♪ la la ♪', '♪ la la ♪'],
  ])('%s', (text, read) => {
    expect(said('vtt', cue(text))).toEqual([read])
  })

  test('SubStation’s, in SubRip', () => {
    const texts = [
      '{\\an8}{\\k20}la{\\k30}la',
      'first\\Nsecond',
      'a\\hb',
      '{\\pos(1,2)\\b1}bold{\\b0}',
      'C:\\New {x}',
      '{\\p1}m 0 0 l 1 1{\\p0}x',
    ]
    expect(said('srt', srt(...texts))).toEqual(['lala', 'first second', 'a b', 'bold', 'C:\\New {x}', 'x'])
  })

  test.each([
    ['今日は\n良い天気です', '今日は良い天気です'],
    ['สวัสดี\nครับ', 'สวัสดีครับ'],
    ['ສະບາຍ\nດີ', 'ສະບາຍດີ'],
    ['「はい」\nSony です', '「はい」 Sony です'],
    ['안녕\n하세요', '안녕 하세요'],
    ['- Hi.\n- Hi.', '- Hi. - Hi.'],
    ['wait\n...and go', 'wait ...and go'],
  ])('the lines of %j', (lines, read) => {
    expect(said('vtt', cue(lines))).toEqual([read])
  })
})

describe('what a display repeats', () => {
  test('a line that grows', () => {
    expect(parseCaptions('vtt', vtt('hello', 'hello world', 'hello world again'))).toEqual([
      { start: 0, end: 3, text: 'hello world again' },
    ])
    expect(said('vtt', vtt('h', 'hel', 'hello w', 'hello world'))).toEqual(['hello world'])
    expect(said('vtt', vtt('Hello.', 'Hello. How', 'Hello. How are you?'))).toEqual(['Hello. How are you?'])
  })

  test('two lines that grow and roll', () => {
    expect(
      said('srt', srt('one', 'one\ntwo', 'one\ntwo three', 'two three\nfour', 'two three\nfour five')),
    ).toEqual(['one', 'two three', 'four five'])
    expect(said('srt', srt('one\ntwo', 'two three\nfour'))).toEqual(['one two', 'three four'])
  })

  test('an answer is none', () => {
    expect(said('srt', srt('No.', 'No.'))).toEqual(['No.', 'No.'])
    expect(said('srt', srt('No.', 'No. Never.'))).toEqual(['No.', 'No. Never.'])
    expect(said('srt', srt('No', 'Not now'))).toEqual(['No', 'Not now'])
  })

  test('two speakers at once keep their words and their time', () => {
    const file =
      'WEBVTT\n\n00:00.000 --> 00:03.000 line:0\n<v Ann>Stop!\n\n00:00.000 --> 00:03.000 line:90%\n<v Bob>Why?\n\n00:02.000 --> 00:04.000\nCome!\n'
    expect(parseCaptions('vtt', file)).toEqual([
      { start: 0, end: 3, text: 'Stop!' },
      { start: 0, end: 3, text: 'Why?' },
      { start: 2, end: 4, text: 'Come!' },
    ])
  })
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

  const words = (...texts: string[]): string =>
    json(texts.map((utf8, k) => ({ tStartMs: k * 1000, dDurationMs: 1000, segs: [{ utf8 }] })))

  test('is no markup', () => {
    const texts = ['if a <b and c> d then', 'x < y > z', 'I <3 you > me', 'List<String>, {x} and <i>']
    expect(said('json3', words(...texts))).toEqual(texts)
    expect(said('json3', words('\u200b\u200bHi\u200b', '\n'))).toEqual(['Hi'])
  })

  test('a line grows in its window, whoever speaks in another', () => {
    const events = [
      { dDurationMs: 4000, wWinId: 1, segs: [{ utf8: 'Hello' }] },
      { tStartMs: 200, dDurationMs: 800, wWinId: 2, segs: [{ utf8: '(door)' }] },
      { tStartMs: 500, dDurationMs: 3500, wWinId: 1, aAppend: 1, segs: [{ utf8: ' world' }] },
      { tStartMs: 1000, wWinId: 1, aAppend: 1, segs: [{ utf8: '\n' }] },
      { tStartMs: 2000, dDurationMs: 2000, wWinId: 1, aAppend: 1, segs: [{ utf8: 'Next line' }] },
    ]
    expect(said('json3', json(events))).toEqual(['Hello world', '(door)', 'Next line'])
  })

  test('the frames of an animation are one cue', () => {
    const frames = [
      [0, 1800],
      [0, 1800],
      [1800, 900],
      [2700, 900],
    ].map(([tStartMs, dDurationMs]) => ({
      tStartMs,
      dDurationMs,
      segs: [{ utf8: 'We are trapped \u200b\nthis house' }],
    }))
    expect(parseCaptions('json3', json(frames))).toEqual([
      { start: 0, end: 3.6, text: 'We are trapped this house' },
    ])
  })

  test.each(['', '{', '[]', 'null', '{"events": {}}', json([null, 1, {}, { segs: 1 }, { segs: [{}] }])])(
    '%j has no segments',
    (file) => {
      expect(parseCaptions('json3', file)).toEqual([])
    },
  )
})

test('whatever comes in: times never run backwards, no segment is empty, and no word is lost', () => {
  const one = fc.record({
    start: fc.double({ min: 0, max: 100, noNaN: true }),
    length: fc.double({ min: 0, max: 10, noNaN: true }),
    lines: fc.array(fc.constantFrom('a', 'b', 'c', 'a b'), { maxLength: 3 }),
  })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), fc.boolean(), (cues, rolls) => {
      const cleaned = cleanCaptions(
        cues.map(({ start, length, lines }) => ({ start, end: start + length, lines })),
        rolls,
      )
      cleaned.forEach(({ start, end, text }, i) => {
        expect(text.trim()).not.toBe('')
        expect(end).toBeGreaterThanOrEqual(start)
        if (i > 0) expect(start).toBeGreaterThanOrEqual(cleaned[i - 1]!.start)
      })
      const words = (texts: string[]): string[] =>
        [...new Set(texts.join(' ').split(' ').filter(Boolean))].sort()
      expect(words(cleaned.map(({ text }) => text))).toEqual(words(cues.flatMap(({ lines }) => lines)))
    }),
    { numRuns: 200 },
  )
})

test.each(['<', '<b ', '<v ', '<b a=', '{\\p1 ', '{\\', '&', '&amp;', '-', '00:', ' : ', '\u200c', '1\n\n'])(
  'a file of nothing but %j is read',
  (piece) => {
    for (const format of ['vtt', 'srt', 'json3'] as const) {
      const long = piece.repeat(50_000)
      const file =
        format === 'json3' ? JSON.stringify({ events: [{ tStartMs: 0, segs: [{ utf8: long }] }] }) : cue(long)
      expect(parseCaptions(format, file).length).toBeLessThan(3)
    }
  },
)

describe('what people and their programs write', () => {
  test.each([
    ['characters that were escaped by halves', '&#55357;&#56832; hi &#xD83D;&#xDE00;', '😀 hi 😀'],
    ['halves without the other', '&#55357; hi', '&#55357; hi'],
    [
      'entities without a semicolon',
      'Tom &amp Jerry&nbsp &lt 3, AT&T, a&ampb, ?x&lt=1',
      'Tom & Jerry < 3, AT&T, a&ampb, ?x&lt=1',
    ],
  ])('%s', (_, text, read) => {
    expect(said('vtt', cue(text))).toEqual([read])
  })

  test('times of words in SubRip', () => {
    expect(said('srt', srt('<00:00.100>la <00:00:00.500>la'))).toEqual(['la la'])
  })

  test.each([
    [
      'SubViewer',
      '0:00:01.000,0:00:02.500\nhi\n\n0:00:03.000,0:00:04.000\n1,2\n',
      [
        [1, 2.5, 'hi'],
        [3, 4, '1,2'],
      ],
    ],
    ['Arabic digits', '١\n٠٠:٠٠:٠١,٠٠٠ --> ٠٠:٠٠:٠٢,٥٠٠\nسنة ٢٠٢٤\n', [[1, 2.5, 'سنة ٢٠٢٤']]],
    ['Persian digits', '۱\n۰۰:۰۰:۰۱,۰۰۰ --> ۰۰:۰۰:۰۲,۵۰۰\nسلام\n', [[1, 2.5, 'سلام']]],
  ])('%s', (_, file, read) => {
    expect(parseCaptions('srt', file).map(({ start, end, text }) => [start, end, text])).toEqual(read)
  })
})
