import type { EXPORT_FORMATS } from '../../../../src/contract/formats.ts'

export type Format = (typeof EXPORT_FORMATS)[number]

const PLACES: Record<Format, number> = {
  srt: 0,
  vtt: 1,
  txt: 2,
  docx: 3,
  md: 4,
  json: 5,
  csv: 6,
  tsv: 7,
  edl: 8,
  xml: 9,
  fcpxml: 10,
  lrc: 11,
}

/** In the order in which they are offered. Their names are among the messages: `parts.formats`. */
export const FORMATS = Object.keys(PLACES) as readonly Format[]
