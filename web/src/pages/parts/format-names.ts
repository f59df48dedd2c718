import type { EXPORT_FORMATS } from '../../../../src/contract/formats.ts'

export type Format = (typeof EXPORT_FORMATS)[number]

export const FORMAT_NAMES: Record<Format, string> = {
  srt: 'Subtitles (SRT)',
  vtt: 'Subtitles for the web (VTT)',
  txt: 'Text (TXT)',
  docx: 'Word document (DOCX)',
  md: 'Markdown (MD)',
  json: 'Data with word times (JSON)',
  csv: 'Spreadsheet (CSV)',
  tsv: 'Table of segments (TSV)',
  edl: 'Markers for DaVinci Resolve (EDL)',
  xml: 'Markers for Premiere Pro (XML)',
  fcpxml: 'Markers for Final Cut Pro (FCPXML)',
  lrc: 'Lyrics (LRC)',
}
