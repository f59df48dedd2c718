import fc from 'fast-check'
import { parseText } from 'media-captions'
import { describe, expect, it } from 'vitest'
import type { Segment } from '../../ports/transcript.ts'
import type { Cue } from './cue-times.ts'
import { cuesOf } from './cues.ts'
import { render } from './formats.ts'
import { width } from './pieces.ts'

/** As it is shown: the name before its first line. */
const shown = ({ voices }: Cue): string[] =>
  voices.flatMap(({ label, lines }) => lines.map((line, k) => (k === 0 ? label : '') + line))

/** Words that are said one after the other, each `seconds` long. */
function spoken(text: string, { start = 0, seconds = 0.4 } = {}): Segment {
  const words = text.split(' ').map((word, k) => {
    const at = start + k * seconds
    return { word, start: at, end: at + seconds * 0.9 }
  })
  return { start, end: words.at(-1)!.end, text, words }
}

const TALK =
  'When the first reports came in, nobody at the station believed them, because the weather had been calm for ' +
  'days. By noon, however, three ships were missing.'

describe('captions', () => {
  it('are at most two lines of 42 characters, and end with a phrase where they can', () => {
    expect(cuesOf([spoken(TALK)]).map(shown)).toEqual([
      ['When the first reports came in,', 'nobody at the station believed them,'],
      ['because the weather', 'had been calm for days.'],
      ['By noon, however,', 'three ships were missing.'],
    ])
  })

  it('have the times of their words', () => {
    const cues = cuesOf([spoken(TALK, { start: 10 })])
    expect(cues[0]!.start).toBe(10)
    expect(cues[1]!.start).toBeCloseTo(10 + 12 * 0.4)
    expect(cues.at(-1)!.end).toBeCloseTo(10 + 27 * 0.4 - 0.04)
  })

  it('have their share of the segment’s time where words have none', () => {
    const [first, second] = cuesOf([
      { start: 0, end: 5, text: `${'a'.repeat(40)} ${'b'.repeat(40)} ${'c'.repeat(20)}` },
    ])
    expect(shown(first!)).toEqual(['a'.repeat(40), 'b'.repeat(40)])
    expect(second!.start).toBe(4)
    expect(shown(second!)).toEqual(['c'.repeat(20)])
  })

  it('stay long enough to be read', () => {
    const yes = { start: 0, end: 0.3, text: 'Yes.' }
    const [first] = cuesOf([yes, { start: 5, end: 6, text: 'No.' }])
    expect(first!.start).toBe(0)
    expect(first!.end).toBeCloseTo(5 / 6, 2)
    const both = cuesOf([yes, { start: 0.5, end: 2, text: 'I think so.' }])
    expect(both.map((cue) => [cue.start, cue.end, ...shown(cue)])).toEqual([[0, 2, 'Yes. I think so.']])
  })

  it('of two who speak at once have a line for each', () => {
    const cues = (a: object, b: object) =>
      cuesOf([
        { start: 0, end: 2, text: 'Yes.', ...a },
        { start: 0.1, end: 2, text: 'No.', ...b },
      ]).map((cue) => [cue.start, cue.end, ...shown(cue)])
    expect(cues({ speaker: 'Ann' }, { speaker: 'Ben' })).toEqual([[0, 2, 'Ann: Yes.', 'Ben: No.']])
    expect(cues({}, {})).toEqual([[0, 2, 'Yes.', 'No.']])
  })

  it('of two who speak at once for long come in turn, and each has its time', () => {
    const cues = cuesOf([
      {
        start: 0,
        end: 6,
        text: 'This is what the first of the two has to say about the weather',
        speaker: 'A',
      },
      { start: 0, end: 6, text: 'And the second speaks at the same time of something else', speaker: 'B' },
    ])
    expect(cues.map((cue) => cue.voices[0]!.speaker)).toEqual(['A', 'B'])
    for (const cue of cues) expect(cue.end - cue.start).toBeGreaterThan(2.5)
  })

  it.each([
    [
      'en',
      'The ships were seen at the entrance of the old harbour in the first place that anybody thought of.',
    ],
    [
      'en',
      'It was said by Doctor John Smith of the National Weather Service that 25 percent of them came back.',
    ],
    [
      'de',
      'Sie glaubten ihm in der kleinen Wetterstation erst nicht, weil das ruhige Wetter gehalten hatte.',
    ],
    [
      'fr',
      'Les navires ont été vus pour la dernière fois à l’entrée du vieux port, dans la petite baie du nord.',
    ],
    [
      'es',
      'Los barcos fueron vistos por última vez a la entrada del viejo puerto en el primer lugar del mapa.',
    ],
  ])('in %s never end a line with a word that belongs to the next: %s', (language, text) => {
    const leading = {
      en: /\b(the|a|of|in|at|by|old|first|National|Doctor|25)$/,
      de: /\b(der|in|das|kleinen|ruhige|weil)$/,
      fr: /\b(les|la|du|à|pour|dans|vieux|petite|dernière)$/i,
      es: /\b(los|la|el|del|a|por|en|primer|viejo)$/i,
    }[language]!
    for (const seconds of [0.2, 0.3, 0.45, 0.8]) {
      for (const line of cuesOf([spoken(text, { seconds })], language).flatMap(shown))
        expect(line).not.toMatch(leading)
    }
  })

  it('break a letter that is wider than the line', () => {
    const piled = 'ᄀ'.repeat(11)
    const long = 'https://example.org/a-very-long-address/that-does-not-fit-a-line'
    const speaker = 'N'.repeat(100)
    const cues = cuesOf([{ start: 0, end: 0.058, text: `${piled} ${long} ᄀ`, speaker }], 'ko')
    for (const line of cues.flatMap(shown)) expect(width(line)).toBeLessThanOrEqual(42)
  })

  it('keep a sentence together after a title or an initial', () => {
    const lines = cuesOf([
      spoken('It was told to us yesterday by Mr. J. Smith, and we believed it at once.'),
    ]).flatMap(shown)
    for (const line of lines) expect(line).not.toMatch(/(Mr|J)\.$/)
  })

  it('take words for those of the text whatever signs it was given since', () => {
    const words = ['hello', 'there', 'how', 'are', 'you'].map((word, k) => ({
      word,
      start: 10 + k,
      end: 10.9 + k,
    }))
    const [cue] = cuesOf([{ start: 0, end: 30, text: '– Hello there! How are you?', words }])
    expect(cue).toMatchObject({ start: 10, end: 14.9 })
    const [second] = cuesOf([{ start: 0, end: 30, text: 'Hello there! How are you?', words }])
    expect(second).toMatchObject({ start: 10, end: 14.9 })
  })

  it('of a long segment of few words are one', () => {
    expect(cuesOf([{ start: 0, end: 20, text: 'hello there' }])).toMatchObject([{ start: 0, end: 7 }])
  })

  it('break after a pause', () => {
    const words = [
      { word: 'Wait', start: 0, end: 1 },
      { word: 'now', start: 4, end: 5 },
    ]
    const cues = cuesOf([{ start: 0, end: 5, text: 'Wait now', words }])
    expect(cues.map((c) => [c.start, c.end])).toEqual([
      [0, 1],
      [4, 5],
    ])
  })

  it('of Chinese and Japanese break between characters, but not before a comma', () => {
    const text =
      '今日はとてもいい天気ですね、明日も晴れるでしょうから、みんなで海へ行きましょう。そして夜は花火を見ます。'
    const cues = cuesOf([{ start: 0, end: 12, text }])
    const all = cues.flatMap(shown)
    expect(all.join('')).toBe(text)
    for (const line of all) expect(line).not.toMatch(/^[、。]/u)
  })
})

/** Sentences of those scripts that do not space their words, from which text is made word by word. */
const UNSPACED: Record<string, string> = {
  th: 'วันนี้เราจะมาพูดคุยกันเกี่ยวกับเทคโนโลยีปัญญาประดิษฐ์ที่กำลังเปลี่ยนแปลงโลกของเราอย่างรวดเร็วและเราทุกคนควรเตรียมตัวให้พร้อมสำหรับอนาคต',
  km: 'ថ្ងៃនេះយើងនឹងនិយាយអំពីបច្ចេកវិទ្យាបញ្ញាសិប្បនិម្មិតដែលកំពុងផ្លាស់ប្តូរពិភពលោករបស់យើងយ៉ាងឆាប់រហ័ស',
  my: 'ယနေ့ကျွန်ုပ်တို့သည်ကမ္ဘာကြီးကိုအလျင်အမြန်ပြောင်းလဲနေသောဉာဏ်ရည်တုနည်းပညာအကြောင်းပြောဆိုကြပါမည်',
  lo: 'ມື້ນີ້ພວກເຮົາຈະເວົ້າກ່ຽວກັບເຕັກໂນໂລຢີປັນຍາປະດິດທີ່ກຳລັງປ່ຽນແປງໂລກຂອງພວກເຮົາຢ່າງໄວວາ',
  bo: 'ང་ཚོས་དེ་རིང་བོད་སྐད་ཡིག་གི་སྐོར་ལ་གླེང་མོལ་བྱེད་རྒྱུ་ཡིན',
  zh: '今天我们要谈论的是人工智能技术，它正在迅速改变我们的世界。（北京）的3.5公里',
  yue: '今日我哋要講嘅係人工智能技術，佢正喺度好快咁改變我哋嘅世界。',
  ja: '彼は昨日の会議で新しい計画について「それは本当に素晴らしい考えだ」と説明してくれました（もちろん私も）、ちょっとコーヒー。',
}

/** What Whisper hears, which is more than any other model of the catalogue. */
const LANGUAGES = (
  'en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml ' +
  'cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am ' +
  'yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jv su yue'
).split(' ')

/** Letters of the script that a language is mostly written in, as Unicode has them. */
function lettersOf(language: string): string[] {
  const { script } = new Intl.Locale(language).maximize()
  const name = { Jpan: 'Han', Kore: 'Hangul', Hans: 'Han', Hant: 'Han' }[script!] ?? script
  const letter = new RegExp(`^[[\\p{L}--\\p{Lu}]&&\\p{Script=${name}}]$`, 'v')
  const found: string[] = []
  for (let code = 0x61; code < 0xd7a4 && found.length < 40; code++) {
    const char = String.fromCodePoint(code)
    if (letter.test(char)) found.push(char)
  }
  return found
}

function wordOf(language: string): fc.Arbitrary<string> {
  const unspaced = UNSPACED[language]
  if (unspaced) {
    const all = [...new Intl.Segmenter('en', { granularity: 'word' }).segment(unspaced)]
    const [words, signs] = [all.filter((s) => s.isWordLike), all.filter((s) => !s.isWordLike)]
    return fc
      .tuple(fc.constantFrom(...words), fc.option(fc.constantFrom(...signs.concat(words[0]!)), { freq: 6 }))
      .map(([word, sign]) => word.segment + (sign?.segment ?? ''))
  }
  const sign = fc.constantFrom('', '', '', '', ',', '.', '?', '…')
  return fc
    .tuple(fc.array(fc.constantFrom(...lettersOf(language)), { minLength: 1, maxLength: 12 }), sign)
    .map(([letters, end]) => letters.join('') + end)
}

const odd = fc.constantFrom(
  ...[
    '-->',
    '<b>',
    '&amp;',
    '00:01',
    '7',
    'a\u200bb',
    '👨‍👩‍👧‍👦',
    'x'.repeat(90),
    'שלום',
    '\u0000',
    '\ud800',
    '\n\n',
  ],
  'https://example.org/a-very-long-address/that-does-not-fit-a-line',
)
const speaker = fc.option(
  fc.constantFrom(
    'Ann',
    'Ben & Co',
    'Ann\n\n7\n00:00:01,000 --> 00:00:02,000\nfake',
    'a <b> --> c',
    'N'.repeat(90),
    ' ',
  ),
  { nil: undefined },
)

const segmentsIn = (language: string): fc.Arbitrary<Segment[]> =>
  fc
    .array(
      fc.record({
        words: fc.array(
          fc.oneof({ weight: 12, arbitrary: wordOf(language) }, { weight: 1, arbitrary: odd }),
          {
            minLength: 1,
            maxLength: 40,
          },
        ),
        seconds: fc.double({ min: 0.02, max: 1.5, noNaN: true }),
        pause: fc.double({ min: -2, max: 4, noNaN: true }),
        timed: fc.boolean(),
        speaker,
      }),
      { maxLength: 6 },
    )
    .map((all) => {
      let at = 0
      return all.map(({ words, seconds, pause, timed, speaker: name }): Segment => {
        const { words: times, ...segment } = spoken(words.join(' '), { start: at, seconds })
        at = Math.max(at, segment.end + pause)
        const text = words.join(language in UNSPACED ? '' : ' ')
        return { ...segment, text, ...(timed && { words: times }), ...(name && { speaker: name }) } as Segment
      })
    })

const anySegments = fc
  .constantFrom(...LANGUAGES)
  .chain((language) => fc.tuple(fc.constant(language), segmentsIn(language)))

/** Text without what no file shows: spaces, controls, zero-width spaces. */
const visible = (text: string): string => text.replace(/[\s\p{Cc}\u200b]/gu, '').replace(/\p{Cs}/gu, '\ufffd')

describe('captions of any transcript in any language', () => {
  const letters = (texts: string[]): string => [...visible(texts.join(''))].sort().join('')

  it('say every word once', () => {
    fc.assert(
      fc.property(anySegments, ([language, given]) => {
        const lines = cuesOf(given, language).flatMap((cue) => cue.voices.flatMap((voice) => voice.lines))
        expect(letters(lines)).toBe(letters(given.map((s) => s.text)))
      }),
    )
  })

  it('keep to the guides', () => {
    fc.assert(
      fc.property(anySegments, ([language, given]) => {
        const cues = cuesOf(given, language)
        cues.forEach((cue, k) => {
          const lines = shown(cue)
          expect(lines.length).toBeGreaterThan(0)
          expect(lines.length).toBeLessThanOrEqual(2)
          for (const line of lines) {
            expect(width(line)).toBeLessThanOrEqual(42)
            expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
          }
          expect(cue.end - cue.start).toBeGreaterThan(5 / 6)
          expect(cue.end - cue.start).toBeLessThan(7.001)
          const next = cues[k + 1]?.start ?? Infinity
          expect(next - cue.end).toBeGreaterThan(2 / 24)
          // Never on the screen too short to be read while there is time for more.
          const size = lines.reduce((sum, line) => sum + width(line), 0)
          const more = Math.min(next - 0.09, cue.start + 7) - cue.end
          if (more > 0.5 && size / (cue.end - cue.start) > 17.1) {
            expect(
              given.some((s) => cue.end - s.end >= 1.4 || s.words?.some((w) => cue.end - w.end >= 1.4)),
            ).toBe(true)
          }
        })
      }),
      { numRuns: 300 },
    )
  })

  it('fit into the lines that are asked for, with every letter, and without names', () => {
    const choices = fc.record({
      lineLength: fc.integer({ min: 16, max: 80 }),
      lines: fc.constantFrom(1 as const, 2 as const),
      speakers: fc.boolean(),
    })
    fc.assert(
      fc.property(anySegments, choices, ([language, given], choice) => {
        const cues = cuesOf(given, language, choice)
        for (const { label, lines, speaker } of cues.flatMap(({ voices }) => voices)) {
          expect(lines.length).toBeLessThanOrEqual(choice.lines)
          for (const [k, line] of lines.entries()) {
            // A letter of many parts, as of Hangul's jamo, is never cut.
            if ([...new Intl.Segmenter('en').segment(line)].length === 1) continue
            expect(width(line) + (k === 0 ? width(label) : 0)).toBeLessThanOrEqual(choice.lineLength)
          }
          if (!choice.speakers) expect([label, speaker]).toEqual(['', undefined])
        }
        const lines = cues.flatMap((cue) => cue.voices.flatMap((voice) => voice.lines))
        expect(letters(lines)).toBe(letters(given.map((s) => s.text)))
      }),
      { numRuns: 200 },
    )
  })

  it.each(Object.keys(UNSPACED))('break %s between words, never in one', (language) => {
    fc.assert(
      fc.property(fc.array(wordOf(language), { minLength: 20, maxLength: 80 }), (words) => {
        const text = words.join('')
        const boundaries = new Set(
          [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)].map((s) => s.index),
        )
        let at = 0
        for (const line of cuesOf([{ start: 0, end: 30, text }], language).flatMap(shown)) {
          if (at > 0) expect(boundaries).toContain(at)
          expect(line).not.toMatch(
            /^[」』）］〕】》、。，．！？ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々་།ๆ\p{M}]/u,
          )
          at += line.length
          if (at < text.length) expect(line).not.toMatch(/[「『（［〔【《“‘]$/u)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('are read by another program as they were meant, in both formats', async () => {
    await fc.assert(
      fc.asyncProperty(anySegments, async ([language, given]) => {
        const transcript = { text: '', language, segments: given }
        const cues = cuesOf(given, language)
        for (const type of ['srt', 'vtt'] as const) {
          const read = await parseText(render(transcript, type), { type, strict: true, errors: true })
          expect(read.errors).toEqual([])
          expect(read.cues).toHaveLength(cues.length)
          read.cues.forEach((cue, k) => {
            expect(cue.startTime).toBeCloseTo(cues[k]!.start, 2)
            expect(cue.endTime).toBeCloseTo(cues[k]!.end, 2)
            expect(cue.text.split('\n')).toHaveLength(shown(cues[k]!).length)
          })
        }
      }),
    )
  })
})
