import fc from 'fast-check'
import { parseText } from 'media-captions'
import { describe, expect, it } from 'vitest'
import type { Segment } from '../../ports/transcript.ts'
import { width } from './caption-text.ts'
import { type Cue, cuesOf } from './cues.ts'
import { render } from './formats.ts'

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
    expect(cuesOf([spoken(TALK)]).map((cue) => cue.lines)).toEqual([
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
    expect(first!.lines).toEqual(['a'.repeat(40), 'b'.repeat(40)])
    expect(second).toEqual({ start: 4, end: 5, lines: ['c'.repeat(20)] })
  })

  it('stay long enough to be read', () => {
    const yes = { start: 0, end: 0.3, text: 'Yes.' }
    expect(cuesOf([yes, { start: 5, end: 6, text: 'No.' }])[0]).toMatchObject({ start: 0, end: 1 })
    const both = cuesOf([yes, { start: 0.5, end: 2, text: 'I think so.' }])
    expect(both).toEqual([{ start: 0, end: 2, lines: ['Yes. I think so.'] }])
  })

  it('end where somebody else begins', () => {
    const cues = cuesOf([
      { start: 0, end: 0.3, text: 'Yes.', speaker: 'Ann' },
      { start: 0.5, end: 2, text: 'No.', speaker: 'Ben' },
    ])
    expect(cues).toEqual([
      { start: 0, end: 0.5, lines: ['Yes.'], speaker: 'Ann' },
      { start: 0.5, end: 2, lines: ['No.'], speaker: 'Ben' },
    ])
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
    const all = cues.flatMap((cue) => cue.lines)
    expect(all.join('')).toBe(text)
    for (const line of all) expect(line).not.toMatch(/^[、。]/u)
  })
})

const word = fc.oneof(
  fc.stringMatching(/^[a-zäß]{1,14}[,.!?]?$/),
  fc.constantFrom(
    '-->',
    '<b>',
    '&amp;',
    'https://example.org/a-very-long-address/that-does-not-fit-a-line',
    '今日は、',
    '00:01',
  ),
)
const segments = fc
  .array(
    fc.record({
      words: fc.array(word, { minLength: 1, maxLength: 60 }),
      seconds: fc.double({ min: 0.05, max: 1.5, noNaN: true }),
      pause: fc.double({ min: 0, max: 4, noNaN: true }),
      timed: fc.boolean(),
      speaker: fc.option(fc.constantFrom('Ann', 'Ben & Co'), { nil: undefined }),
    }),
    { maxLength: 12 },
  )
  .map((all) => {
    let at = 0
    return all.map(({ words, seconds, pause, timed, speaker }): Segment => {
      const { words: times, ...segment } = spoken(words.join(' '), { start: at, seconds })
      at = segment.end + pause
      return { ...segment, ...(timed && times && { words: times }), ...(speaker && { speaker }) }
    })
  })

describe('captions of any transcript', () => {
  const one = (cue: Cue): boolean => cue.lines.join(' ').split(' ').length === 1

  it('say every word once, in two lines at most, one after the other', () => {
    fc.assert(
      fc.property(segments, (given) => {
        const cues = cuesOf(given)
        const said = cues.flatMap((cue) => cue.lines).join('')
        expect(said.replace(/\s/g, '')).toBe(
          given
            .map((s) => s.text)
            .join('')
            .replace(/\s/g, ''),
        )
        cues.forEach((cue, k) => {
          expect(cue.lines.length).toBeLessThanOrEqual(2)
          for (const line of cue.lines) if (line.includes(' ')) expect(width(line)).toBeLessThanOrEqual(42)
          expect(cue.end).toBeGreaterThan(cue.start)
          expect(cue.end).toBeLessThanOrEqual(cues[k + 1]?.start ?? Infinity)
          if (!one(cue)) expect(cue.end - cue.start).toBeLessThanOrEqual(7.001)
        })
      }),
    )
  })

  it('are read by another program as they were meant, in both formats', async () => {
    await fc.assert(
      fc.asyncProperty(segments, async (given) => {
        const transcript = { text: '', language: null, segments: given }
        const cues = cuesOf(given)
        for (const type of ['srt', 'vtt'] as const) {
          const read = await parseText(render(transcript, type), { type, strict: true, errors: true })
          expect(read.errors).toEqual([])
          expect(read.cues).toHaveLength(cues.length)
          read.cues.forEach((cue, k) => {
            expect(cue.startTime).toBeCloseTo(cues[k]!.start, 2)
            expect(cue.endTime).toBeCloseTo(cues[k]!.end, 2)
            expect(cue.text.split('\n')).toHaveLength(cues[k]!.lines.length)
          })
        }
      }),
    )
  })
})
