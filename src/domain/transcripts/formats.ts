/** A transcript as a file: plain text, SubRip, WebVTT, or JSON with everything that is known. */
import type { Segment, Transcript } from '../../ports/transcript.ts'

export const FORMATS = ['txt', 'srt', 'vtt', 'json'] as const
export type Format = (typeof FORMATS)[number]

export const CONTENT_TYPES: Record<Format, string> = {
  txt: 'text/plain; charset=utf-8',
  srt: 'application/x-subrip; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

export function render(transcript: Transcript, format: Format): string {
  return RENDERERS[format](transcript)
}

const RENDERERS: Record<Format, (transcript: Transcript) => string> = {
  txt: ({ text }) => `${text}\n`,
  srt: ({ segments }) =>
    segments.map((s, k) => `${k + 1}\n${span(s, ',')}\n${cueText(spoken(s))}\n`).join('\n'),
  vtt: ({ segments }) =>
    ['WEBVTT\n', ...segments.map((s) => `${span(s, '.')}\n${voiceTag(s)}${escaped(cueText(s.text))}\n`)].join(
      '\n',
    ),
  json: (transcript) => `${JSON.stringify(transcript, null, 2)}\n`,
}

const span = ({ start, end }: Segment, decimal: ',' | '.'): string =>
  `${timestamp(start, decimal)} --> ${timestamp(end, decimal)}`

/** `HH:MM:SS,mmm` for SubRip, `HH:MM:SS.mmm` for WebVTT. @param seconds not negative */
export function timestamp(seconds: number, decimal: ',' | '.'): string {
  const ms = Math.round(Math.max(0, seconds) * 1000)
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')
  const clock = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map(two).join(':')
  return `${clock}${decimal}${String(ms % 1000).padStart(3, '0')}`
}

const spoken = ({ speaker, text }: Segment): string => (speaker ? `${speaker}: ${text}` : text)

/** A blank line would end the cue, and an arrow would begin another one's times. */
const cueText = (text: string): string =>
  text
    .replace(/\s*\n\s*/g, '\n')
    .replaceAll('-->', '→')
    .trim()

/** WebVTT reads `<`, `>` and `&` as markup. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const voiceTag = ({ speaker }: Segment): string =>
  speaker ? `<v ${escaped(speaker.replace(/[\r\n>]/g, ' '))}>` : ''
