import type { EXPORT_FORMATS } from '../../../../src/contract/formats.ts'

export type Format = (typeof EXPORT_FORMATS)[number]

const PLACES: Record<Format, number> = {
  srt: 0,
  vtt: 1,
  txt: 2,
  docx: 3,
  md: 4,
  html: 5,
  json: 6,
  csv: 7,
  tsv: 8,
  edl: 9,
  xml: 10,
  fcpxml: 11,
  lrc: 12,
}

/** In the order in which they are offered. Their names are among the messages: `parts.formats`. */
export const FORMATS = Object.keys(PLACES) as readonly Format[]
