import { describe, expect, it } from 'vitest'
import { videoOptions } from '../../contract/videos.ts'
import { literal, renderAss } from './ass.ts'

const OPTIONS = videoOptions.parse({})
const WIDE = { width: 1920, height: 1080 }
const LONG =
  'It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness.'

const rendered = (text: string, frame = WIDE, options = {}): string =>
  renderAss({ segments: [{ start: 1, end: 9, text, speaker: 'Ann' }], language: 'en' }, frame, {
    ...OPTIONS,
    ...options,
  })
const events = (file: string): string[] => file.split('\n').filter((line) => line.startsWith('Dialogue:'))
const lines = (file: string): string[] =>
  events(file).flatMap((event) => event.split(',,0,0,0,,')[1]!.split('\\N'))

describe('subtitles to draw', () => {
  it('stand in the picture’s own measure, below or above', () => {
    const file = rendered('Hello.')
    expect(file).toContain('PlayResX: 1920\nPlayResY: 1080\n')
    expect(file).toMatch(/^Style: Default,Sans,65,.*,2,96,96,54,-1$/m)
    expect(rendered('Hello.', WIDE, { position: 'top', size: 'large' })).toMatch(/^Style: .*,86,.*,8,96,/m)
    expect(events(file)).toEqual(['Dialogue: 0,0:00:01.00,0:00:08.00,Default,,0,0,0,,Ann: Hello.'])
  })

  it('have times beyond an hour, rounded as a whole', () => {
    const segments = [{ start: 36_059.999, end: 36_061, text: 'Late.' }]
    expect(events(renderAss({ segments, language: null }, WIDE, OPTIONS))[0]).toContain(
      ',10:01:00.00,10:01:01.',
    )
  })

  it('have lines as long as asked, and as the picture is wide', () => {
    const longest = (frame: typeof WIDE, options = {}): number =>
      Math.max(...lines(rendered(LONG, frame, options)).map((line) => line.length))
    expect(longest(WIDE)).toBeGreaterThan(25)
    expect(longest(WIDE)).toBeLessThanOrEqual(42)
    expect(longest(WIDE, { lineLength: 24 })).toBeLessThanOrEqual(24)
    expect(longest({ width: 1080, height: 1920 })).toBeLessThanOrEqual(33)
    expect(longest({ width: 1080, height: 1920 }, { size: 'large' })).toBeLessThanOrEqual(25)
  })

  it('leave out the names, and show a line at a time', () => {
    expect(rendered('Hello.', WIDE, { speakers: false })).not.toContain('Ann')
    expect(events(rendered(LONG, WIDE, { lines: 1 })).some((event) => event.includes('\\N'))).toBe(false)
  })

  it.each([
    ['{\\b1}', '\\{\\\u2060b1\\}'],
    ['a\\Nb\\', 'a\\\u2060Nb\\\u2060'],
    ['\\{', '\\\u2060\\{'],
    ['one\r\n[Fonts]\u2028two\u0000', 'one  [Fonts] two '],
  ])('mean what they say: %j', (text, written) => {
    expect(literal(text)).toBe(written)
  })

  it('cannot end their line in the file', () => {
    const file = rendered('x\nDialogue: 0,0:00:00.00,9:00:00.00,Default,,0,0,0,,y\r[Script Info]')
    expect(file.split('\n').filter((line) => line.startsWith('['))).toHaveLength(3)
    for (const event of events(file)) expect(event).toMatch(/^Dialogue: 0,0:00:0[1-9]/)
  })
})
