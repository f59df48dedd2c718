import { expect, it } from 'vitest'
import { render } from './formats.ts'
import { timestamp } from './timestamps.ts'

const transcript = {
  text: 'Hello there. A < b & c --> d',
  language: 'en',
  segments: [
    { start: 0, end: 1.5, text: 'Hello there.' },
    { start: 3661.9996, end: 3663, text: 'A < b & c --> d', speaker: 'Ann' },
  ],
}

it('writes times of any length, rounded to the millisecond', () => {
  expect(timestamp(0, ',')).toBe('00:00:00,000')
  expect(timestamp(59.9996, ',')).toBe('00:01:00,000')
  expect(timestamp(3599.9999, '.')).toBe('01:00:00.000')
  expect(timestamp(360_000.25, '.')).toBe('100:00:00.250')
})

it('writes SubRip', () => {
  expect(render(transcript, 'srt')).toBe(
    '1\n00:00:00,000 --> 00:00:01,500\nHello there.\n\n2\n01:01:02,000 --> 01:01:03,176\nAnn: A < b & c → d\n',
  )
})

it('writes WebVTT, where text is not markup', () => {
  expect(render(transcript, 'vtt')).toBe(
    'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello there.\n\n01:01:02.000 --> 01:01:03.176\n<v Ann>A &lt; b &amp; c → d\n',
  )
})

it('writes text and JSON', () => {
  const nobody = transcript.segments.map(({ speaker: _, ...segment }) => segment)
  expect(render({ ...transcript, segments: nobody }, 'txt')).toBe(`${transcript.text}\n`)
  expect(render(transcript, 'txt')).toBe('Hello there.\n\nAnn: A < b & c --> d\n')
  expect(JSON.parse(render(transcript, 'json'))).toEqual(transcript)
  const words = [{ word: 'Hello', start: 0, end: 0.5, probability: 0.9 }]
  const timed = { ...transcript, segments: [{ start: 0, end: 1.5, text: 'Hello', words }] }
  expect(JSON.parse(render(timed, 'json'))).toEqual({ ...timed, words })
})

it('writes tables, whose lines and columns no text can break', () => {
  expect(render(transcript, 'tsv')).toBe(
    'start\tend\tspeaker\ttext\n0\t1500\t\tHello there.\n3662000\t3663000\tAnn\tA < b & c --> d\n',
  )
  const odd = { ...transcript, segments: [{ start: 0.0004, end: 1, text: 'one\ttwo\nthree' }] }
  expect(render(odd, 'tsv')).toBe('start\tend\ttext\n0\t1000\tone two three\n')
})

it('writes lyrics', () => {
  expect(render(transcript, 'lrc')).toBe('[00:00.00]Hello there.\n[61:02.00]Ann: A < b & c --> d\n')
})

it('writes Markdown, where text is not markup', () => {
  const odd = {
    ...transcript,
    segments: [{ start: 61, end: 62, text: '*No* [link](x) <b>', speaker: 'A_b' }],
  }
  expect(render(odd, 'md')).toBe('**00:01:01** **A\\_b:** \\*No\\* \\[link\\](x) \\<b\\>\n')
})

const SAID = {
  text: '',
  language: 'en',
  segments: [
    { start: 1, end: 2, text: 'First, "quoted"', speaker: 'Ann' },
    { start: 2, end: 3.5, text: '=SUM(A1)', speaker: 'Bob | <B>' },
    { start: 3600.5, end: 3602, text: 'Last & least' },
  ],
}

it('writes a table that spreadsheets read as text', () => {
  expect(render(SAID, 'csv')).toBe(
    [
      '\uFEFFstart,end,speaker,text',
      '00:00:01.000,00:00:02.000,Ann,"First, ""quoted"""',
      "00:00:02.000,00:00:03.500,Bob | <B>,'=SUM(A1)",
      '01:00:00.500,01:00:02.000,,Last & least',
      '',
    ].join('\r\n'),
  )
})

it.each(['=1+1', '+1', '-1', '@a'])('writes “%s” as text into the other table, too', (text) => {
  const given = { ...SAID, segments: [{ start: 1, end: 2, text, speaker: text }] }
  expect(render(given, 'tsv')).toBe(`start\tend\tspeaker\ttext\n1000\t2000\t'${text}\t'${text}\n`)
  expect(render(given, 'tsv', { speakers: false })).toBe(`start\tend\ttext\n1000\t2000\t'${text}\n`)
})

it('leaves out speakers and times, or adds them', () => {
  expect(render(SAID, 'txt', { times: true })).toContain('[00:00:01] Ann: First, "quoted"\n\n[00:00:02] Bob')
  expect(render(SAID, 'md', { times: false })).toMatch(/^\*\*Ann:\*\* First/)
  for (const format of ['txt', 'srt', 'vtt', 'csv', 'tsv', 'lrc', 'md', 'edl', 'xml', 'fcpxml'] as const) {
    expect(render(SAID, format)).toContain('Ann')
    expect(render(SAID, format, { speakers: false })).not.toContain('Ann')
    expect(render(SAID, format, { speakers: false })).toContain('Last')
  }
})

it('writes markers at the frames of the timeline', () => {
  expect(render(SAID, 'edl', { title: 'Talk' })).toBe(`TITLE: Talk
FCM: NON-DROP FRAME

001  001      V     C        01:00:01:00 01:00:01:01 01:00:01:00 01:00:01:01
First, "quoted" |C:ResolveColorBlue |M:Ann |D:1

002  001      V     C        01:00:02:00 01:00:02:01 01:00:02:00 01:00:02:01
=SUM(A1) |C:ResolveColorBlue |M:Bob / <B> |D:1

003  001      V     C        02:00:00:13 02:00:00:14 02:00:00:13 02:00:00:14
Last & least |C:ResolveColorBlue |M:Last & least |D:1
`)
  // An hour and half a second of 29.97 is 107,907 frames, which a clock that counts 30 shows as 59:56:27.
  expect(render(SAID, 'edl', { fps: '29.97' })).toContain(' 01:59:56:27 ')
  expect(render(SAID, 'xml', { fps: '23.976' })).toContain('<timebase>24</timebase><ntsc>TRUE</ntsc>')
  expect(render(SAID, 'fcpxml', { fps: '29.97' })).toContain('<marker start="30030/30000s"')
})

it.each(['xml', 'fcpxml'] as const)(
  'writes %s that a parser reads, with all that was said',
  async (format) => {
    const { default: sax } = await import('sax')
    const seen: string[] = []
    const parser = sax.parser(true)
    parser.ontext = (text) => void seen.push(text)
    parser.onattribute = ({ value }) => void seen.push(value)
    parser.onerror = (error) => {
      throw error
    }
    const broken = { start: 5, end: 6, text: '\u0000]]> \uFFFE "x" \uD800', speaker: '"<&>' }
    const given = { ...SAID, segments: [...SAID.segments.slice(0, 2), broken] }
    parser.write(render(given, format, { title: 'A & "B" <C>' })).close()
    for (const text of ['First, "quoted"', 'Bob | <B>', 'A & "B" <C>', '"<&>'])
      expect(seen.some((each) => each.includes(text))).toBe(true)
  },
)

it('writes a page, where text is not markup, and a name does not decide the direction', () => {
  const odd = {
    ...transcript,
    language: 'ar',
    segments: [{ start: 61, end: 62, text: 'مرحبا <script>x</script>\u0001', speaker: 'A & "B"' }],
  }
  const page = render(odd, 'html', { title: '</title><b>' })
  expect(page).toContain('<html lang="ar">')
  expect(page).toContain('<title>&lt;/title&gt;&lt;b&gt;</title>')
  expect(page).toContain(
    '<p dir="auto"><time>00:01:01</time> <b><bdi>A &amp; "B"</bdi>:</b> مرحبا &lt;script&gt;x&lt;/script&gt;</p>',
  )
  const plain = render(odd, 'html', { times: false, speakers: false })
  expect(plain).toContain('<p dir="auto">مرحبا ')
  expect(render({ ...transcript, segments: [], language: null }, 'html')).toContain('<html>')
})
