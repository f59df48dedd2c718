/** A transcript as a file: plain text, SubRip, WebVTT, or JSON with everything that is known. */

import type { TEXT_FORMATS } from '../../contract/formats.ts'
import type { Segment, Transcript } from '../../ports/transcript.ts'
import type { Cue, Voice } from './cue-times.ts'
import { cuesOf } from './cues.ts'
import { paragraphs } from './paragraphs.ts'
import { speakerName } from './speaker-label.ts'

export type Format = (typeof TEXT_FORMATS)[number]

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
  txt: ({ text, segments }) =>
    `${segments.some((s) => s.speaker) ? paragraphs(segments).map(spoken).join('\n\n') : text}\n`,
  srt: ({ segments, language }) =>
    cuesOf(segments, language)
      .map((cue, k) => `${k + 1}\n${span(cue, ',')}\n${cue.voices.map(named).join('\n')}\n`)
      .join('\n'),
  vtt: ({ segments, language }) =>
    [
      'WEBVTT\n',
      ...cuesOf(segments, language).map((cue) => `${span(cue, '.')}\n${cue.voices.map(voiced).join('\n')}\n`),
    ].join('\n'),
  json: (transcript) => `${JSON.stringify(withWords(transcript), null, 2)}\n`,
}

/** All words once more in one list, as most programs that read them want it. */
function withWords({ text, language, segments, ...rest }: Transcript): object {
  const words = segments.flatMap((s) => s.words ?? [])
  return { text, language, segments, ...(words.length > 0 && { words }), ...rest }
}

const span = ({ start, end }: Cue, decimal: ',' | '.'): string =>
  `${timestamp(start, decimal)} --> ${timestamp(end, decimal)}`

/** `HH:MM:SS,mmm` for SubRip, `HH:MM:SS.mmm` for WebVTT. @param seconds not negative */
export function timestamp(seconds: number, decimal: ',' | '.'): string {
  const ms = Math.round(Math.max(0, seconds) * 1000)
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')
  const clock = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map(two).join(':')
  return `${clock}${decimal}${String(ms % 1000).padStart(3, '0')}`
}

const named = ({ label, lines }: Voice): string => label + lines.map(withoutArrows).join('\n')

function spoken({ speaker, text }: Pick<Segment, 'speaker' | 'text'>): string {
  const name = speakerName(speaker)
  return name ? `${name}: ${text}` : text
}

/** Ends the voice, where another follows in the same cue. */
function voiced({ speaker, lines }: Voice, k: number, { length }: readonly Voice[]): string {
  const text = lines.map((line) => escaped(withoutArrows(line))).join('\n')
  const name = escaped(speakerName(speaker).replaceAll('>', ' '))
  return name ? `<v ${name}>${text}${k < length - 1 ? '</v>' : ''}` : text
}

/** An arrow would begin another cue's times. */
const withoutArrows = (text: string): string => text.replaceAll('-->', '→')

/** WebVTT reads `<`, `>` and `&` as markup. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
