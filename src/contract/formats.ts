/** What a transcript can be downloaded as, and how. Every one but `docx` is text: `src/domain/transcripts/formats.ts` renders it. */
import { z } from 'zod'
import { flag } from './flag.ts'

/** Markers for video editors: `edl` for DaVinci Resolve, `fcpxml` for Final Cut Pro, `xml` for Premiere Pro. */
export const MARKER_FORMATS = ['edl', 'fcpxml', 'xml'] as const
export const TEXT_FORMATS = [
  'txt',
  'srt',
  'vtt',
  'json',
  'tsv',
  'csv',
  'lrc',
  'md',
  'html',
  ...MARKER_FORMATS,
] as const
export const EXPORT_FORMATS = [...TEXT_FORMATS, 'docx'] as const

export const LINE_LENGTH = { least: 16, usual: 42, most: 80 }
export const FRAME_RATES = ['23.976', '24', '25', '29.97', '30', '50', '59.94', '60'] as const

/** Query parameters of a download. A format ignores those that do not apply to it. */
export const exportOptions = z.strictObject({
  lineLength: z.coerce
    .number()
    .int()
    .min(LINE_LENGTH.least)
    .max(LINE_LENGTH.most)
    .optional()
    .describe('Subtitles: characters per line; default 42. Chinese, Japanese, Korean and Thai get fewer.'),
  lines: z.coerce
    .number()
    .int()
    .min(1)
    .max(2)
    .optional()
    .describe('Subtitles: lines shown at a time; default 2.'),
  speakers: flag.optional().describe('Whether to include the names of the speakers; default true.'),
  times: flag
    .optional()
    .describe(
      '`txt`, `md`, `html`, `docx`: whether to include the time of each paragraph; default true, for `txt` false.',
    ),
  fps: z.enum(FRAME_RATES).optional().describe('Markers: frames per second of the timeline; default 25.'),
})
export type ExportOptions = z.output<typeof exportOptions>
