/** Subtitles as libass draws them (Advanced SubStation Alpha), for a picture of a known size. */
import type { VideoOptions } from '../../contract/videos.ts'
import type { Transcript } from '../../ports/transcript.ts'
import { cuesOf } from './cues.ts'

export interface Frame {
  width: number
  height: number
}

/** Of the picture's shorter side: a height of letters that people read from where they hold or see a picture of its kind. */
const LETTER: Record<VideoOptions['size'], number> = { small: 0.045, medium: 0.06, large: 0.08 }
const SMALLEST = 12
/** Of a letter's height: the width of one, on average, in a wide font. */
const ADVANCE = 0.45
/** What is left free at each side. */
const MARGIN = 0.05

export function renderAss(
  { segments, language }: Pick<Transcript, 'segments' | 'language'>,
  frame: Frame,
  { lineLength, lines, speakers, size, position }: VideoOptions,
): string {
  const letter = Math.max(SMALLEST, Math.round(Math.min(frame.width, frame.height) * LETTER[size]))
  const room = Math.floor((frame.width * (1 - 2 * MARGIN)) / (letter * ADVANCE))
  const options = { lines, speakers, lineLength: Math.min(lineLength, room) }
  const shown = cuesOf(segments, language, options).map(({ start, end, voices }) => ({
    start,
    end,
    lines: voices.flatMap(({ label, lines: [first = '', ...more] }) => [label + first, ...more]),
  }))
  return assFile(shown, frame, { letter, position })
}

/** @param letter its height, pixels */
export function assFile(
  shown: readonly { start: number; end: number; lines: readonly string[] }[],
  frame: Frame,
  { letter, position }: { letter: number; position: VideoOptions['position'] },
): string {
  const events = shown.map(
    ({ start, end, lines }) =>
      `Dialogue: 0,${time(start)},${time(end)},Default,,0,0,0,,${lines.map(literal).join('\\N')}`,
  )
  return [...head(frame, letter, position), ...events, ''].join('\n')
}

/** White letters with a dark edge, which can be read on any picture. */
function head({ width, height }: Frame, letter: number, position: VideoOptions['position']): string[] {
  const style = {
    Name: 'Default',
    Fontname: 'Sans',
    Fontsize: letter,
    PrimaryColour: '&H00FFFFFF',
    OutlineColour: '&H00101010',
    BackColour: '&H80000000',
    BorderStyle: 1,
    Outline: Math.max(1, letter / 18).toFixed(1),
    Shadow: 0,
    Alignment: position === 'top' ? 8 : 2,
    MarginL: Math.round(width * MARGIN),
    MarginR: Math.round(width * MARGIN),
    MarginV: Math.round(height * MARGIN),
    // Each line reads from the side from which its script does.
    Encoding: -1,
  }
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${width}`,
    `PlayResY: ${height}`,
    'WrapStyle: 0',
    'ScaledBorderAndShadow: yes',
    '',
    '[V4+ Styles]',
    `Format: ${Object.keys(style).join(', ')}`,
    `Style: ${Object.values(style).join(',')}`,
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
  ]
}

/**
 * A line of text that says nothing to libass: no override codes in braces, no `\N`, and no end of the line, after which
 * anything could stand. A backslash cannot be escaped; with a word joiner behind it, it is none of the codes.
 */
export const literal = (line: string): string =>
  line
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replaceAll('\\', '\\\u2060')
    .replace(/[{}]/g, '\\$&')

/** Of ASS: hours, minutes, seconds and hundredths. */
function time(seconds: number): string {
  const hundredths = Math.round(Math.max(0, seconds) * 100)
  const two = (n: number): string => String(n % 60).padStart(2, '0')
  const fraction = String(hundredths % 100).padStart(2, '0')
  const whole = Math.floor(hundredths / 100)
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60))}:${two(whole)}.${fraction}`
}
