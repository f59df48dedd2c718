/** A transcript as a file of text: for reading, for players, for tables, or as JSON with everything that is known. */

import type { ExportOptions, MARKER_FORMATS, TEXT_FORMATS } from '../../contract/formats.ts'
import type { Segment, Transcript } from '../../ports/transcript.ts'
import type { Cue, Voice } from './cue-times.ts'
import { cuesOf } from './cues.ts'
import { escaped } from './escaped.ts'
import { renderHtml } from './html.ts'
import { renderMarkers } from './markers.ts'
import { paragraphs } from './paragraphs.ts'
import { speakerName } from './speaker-label.ts'
import { clockTime, milliseconds, timestamp } from './timestamps.ts'

export type Format = (typeof TEXT_FORMATS)[number]

export const CONTENT_TYPES: Record<Format, string> = {
  txt: 'text/plain; charset=utf-8',
  srt: 'application/x-subrip; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
  json: 'application/json; charset=utf-8',
  tsv: 'text/tab-separated-values; charset=utf-8',
  lrc: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  edl: 'text/plain; charset=utf-8',
  fcpxml: 'application/xml; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
}

export interface RenderOptions extends ExportOptions {
  /** The name of the markers' timeline. */
  title?: string
}

export function render(transcript: Transcript, format: Format, options: RenderOptions = {}): string {
  return RENDERERS[format](transcript, options)
}

type Renderer = (transcript: Transcript, options: RenderOptions) => string

const markers =
  (format: (typeof MARKER_FORMATS)[number]): Renderer =>
  ({ segments }, { title = 'Transcript', ...options }) =>
    renderMarkers(segments, format, title, options)

const RENDERERS: Record<Format, Renderer> = {
  txt: ({ text, segments }, { speakers = true, times = false }) =>
    times || segments.some((s) => s.speaker)
      ? `${paragraphs(segments)
          .map((each) => timed(unnamed(each, speakers), times))
          .join('\n\n')}\n`
      : `${text}\n`,
  srt: ({ segments, language }, options) =>
    cuesOf(segments, language, options)
      .map((cue, k) => `${k + 1}\n${span(cue, ',')}\n${cue.voices.map(named).join('\n')}\n`)
      .join('\n'),
  vtt: ({ segments, language }, options) =>
    [
      'WEBVTT\n',
      ...cuesOf(segments, language, options).map(
        (cue) => `${span(cue, '.')}\n${cue.voices.map(voiced).join('\n')}\n`,
      ),
    ].join('\n'),
  json: (transcript) => `${JSON.stringify(withWords(transcript), null, 2)}\n`,
  tsv: ({ segments }, { speakers = true }) => table(segments.map((s) => unnamed(s, speakers))),
  csv: ({ segments }, { speakers = true }) => spreadsheet(segments.map((s) => unnamed(s, speakers))),
  lrc: ({ segments }, { speakers = true }) =>
    segments.map((s) => `[${lrcTime(s.start)}]${oneLine(spoken(unnamed(s, speakers)))}\n`).join(''),
  md: ({ segments }, { speakers = true, times = true }) =>
    `${paragraphs(segments)
      .map((each) => markedUp(unnamed(each, speakers), times))
      .join('\n\n')}\n`,
  html: renderHtml,
  edl: markers('edl'),
  fcpxml: markers('fcpxml'),
  xml: markers('xml'),
}

function unnamed<T extends { speaker?: string }>(said: T, speakers: boolean): T | Omit<T, 'speaker'> {
  if (speakers) return said
  const { speaker: _, ...rest } = said
  return rest
}

/** With “[00:01:02] ” in front, if times are wanted. */
const timed = (said: Pick<Segment, 'start' | 'speaker' | 'text'>, times: boolean): string =>
  times ? `[${clockTime(said.start)}] ${spoken(said)}` : spoken(said)

/** CSV for spreadsheets (RFC 4180), with the byte order mark that Excel needs to recognise UTF-8. */
function spreadsheet(segments: readonly Pick<Segment, 'start' | 'end' | 'text' | 'speaker'>[]): string {
  const rows = segments.map(({ start, end, speaker, text }) => [
    timestamp(start, '.'),
    timestamp(end, '.'),
    speakerName(speaker),
    oneLine(text).trim(),
  ])
  const lines = [['start', 'end', 'speaker', 'text'], ...rows].map((row) => row.map(cell).join(','))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

function cell(text: string): string {
  const safe = noFormula(text)
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** An apostrophe before text that a spreadsheet would take for a formula, and run, keeps it text. */
const noFormula = (text: string): string => (/^[=+\-@]/.test(text) ? `'${text}` : text)

/**
 * As Whisper's own program writes it: milliseconds, a segment a line. Who speaks stands in a column of its own.
 * Spreadsheets open this, too: what they would take for a formula is kept text, as in CSV.
 */
function table(segments: readonly Pick<Segment, 'start' | 'end' | 'text' | 'speaker'>[]): string {
  const withSpeakers = segments.some((s) => s.speaker)
  const rows = segments.map(({ start, end, text, speaker }) => [
    String(milliseconds(start)),
    String(milliseconds(end)),
    ...(withSpeakers ? [noFormula(oneLine(speakerName(speaker)))] : []),
    noFormula(oneLine(text)),
  ])
  const head = ['start', 'end', ...(withSpeakers ? ['speaker'] : []), 'text']
  return [head, ...rows].map((row) => `${row.join('\t')}\n`).join('')
}

/** Of lyrics: minutes, seconds and hundredths. */
function lrcTime(seconds: number): string {
  const hundredths = Math.round(Math.max(0, seconds) * 100)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${two(Math.floor(hundredths / 6000))}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`
}

/** A line that is nothing but its text: without tabs and breaks. */
const oneLine = (text: string): string => text.replace(/\s/g, ' ')

function markedUp(
  { start, speaker, text }: Pick<Segment, 'start' | 'speaker' | 'text'>,
  times: boolean,
): string {
  const name = speakerName(speaker)
  return [times && `**${clockTime(start)}**`, name && `**${plain(name)}:**`, plain(text)]
    .filter(Boolean)
    .join(' ')
}

/** What Markdown would take for its own. */
const plain = (text: string): string => oneLine(text).replace(/[\\`*_[\]<>#|~]/g, '\\$&')

/** All words once more in one list, as most programs that read them want it. */
function withWords({ text, language, segments, ...rest }: Transcript): object {
  const words = segments.flatMap((s) => s.words ?? [])
  return { text, language, segments, ...(words.length > 0 && { words }), ...rest }
}

const span = ({ start, end }: Cue, decimal: ',' | '.'): string =>
  `${timestamp(start, decimal)} --> ${timestamp(end, decimal)}`

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
