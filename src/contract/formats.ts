/** What a transcript can be downloaded as, and how. Every one but `docx` is text: `src/domain/transcripts/formats.ts` renders it. */
import { z } from 'zod'

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
  ...MARKER_FORMATS,
] as const
export const EXPORT_FORMATS = [...TEXT_FORMATS, 'docx'] as const

export const LINE_LENGTH = { least: 16, usual: 42, most: 80 }
export const FRAME_RATES = ['23.976', '24', '25', '29.97', '30', '50', '59.94', '60'] as const

const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')

/** Of the query of a download. What a format has no use for is ignored. */
export const exportOptions = z.strictObject({
  lineLength: z.coerce
    .number()
    .int()
    .min(LINE_LENGTH.least)
    .max(LINE_LENGTH.most)
    .optional()
    .describe(
      'Subtitles: characters in a line, 42 unless said; Chinese, Japanese, Korean and Thai get fewer.',
    ),
  lines: z.coerce
    .number()
    .int()
    .min(1)
    .max(2)
    .optional()
    .describe('Subtitles: lines at a time, 2 unless said.'),
  speakers: flag.optional().describe('Whether the names of the speakers are written; true unless said.'),
  times: flag
    .optional()
    .describe('`txt`, `md`, `docx`: whether each paragraph has its time; true unless said, but for `txt`.'),
  fps: z.enum(FRAME_RATES).optional().describe('Markers: frames a second of the timeline, 25 unless said.'),
})
export type ExportOptions = z.output<typeof exportOptions>
