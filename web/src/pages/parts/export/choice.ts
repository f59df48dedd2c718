import { type FRAME_RATES, LINE_LENGTH } from '../../../../../src/contract/formats.ts'
import type { Format } from '../format-names.ts'

/** The options of a download; omitted ones have their defaults. */
export interface Choice {
  /** `pdf`: printed by the browser. */
  format: Format | 'pdf'
  lineLength?: number | undefined
  lines?: 1 | 2 | undefined
  speakers?: boolean | undefined
  times?: boolean | undefined
  fps?: (typeof FRAME_RATES)[number] | undefined
}

type Option = Exclude<keyof Choice, 'format'>

const OPTIONS: Record<Choice['format'], readonly Option[]> = {
  pdf: ['speakers', 'times'],
  html: ['speakers', 'times'],
  srt: ['lineLength', 'lines', 'speakers'],
  vtt: ['lineLength', 'lines', 'speakers'],
  txt: ['speakers', 'times'],
  md: ['speakers', 'times'],
  docx: ['speakers', 'times'],
  json: [],
  csv: ['speakers'],
  tsv: ['speakers'],
  lrc: ['speakers'],
  edl: ['speakers', 'fps'],
  xml: ['speakers', 'fps'],
  fcpxml: ['speakers', 'fps'],
}

/** Whether a format has an option. */
export const has = ({ format }: Choice, option: Option): boolean => OPTIONS[format].includes(option)

/** The default of `times`. */
export const usualTimes = ({ format }: Choice): boolean => format !== 'txt'

/** “?lineLength=32&speakers=false”, or an empty string: only options that the format has and that were chosen. */
export function queryOf(choice: Choice): string {
  const chosen = OPTIONS[choice.format].flatMap((option) =>
    choice[option] === undefined ? [] : [[option, String(choice[option])]],
  )
  return chosen.length > 0 ? `?${new URLSearchParams(chosen)}` : ''
}

const KEY = 'earshot:export'

/** The last choice made in this browser. */
export function lastChoice(): Choice {
  try {
    const last = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Choice>
    if (last.format !== undefined && Object.hasOwn(OPTIONS, last.format)) return last as Choice
  } catch {
    // Storage may be blocked, or hold something else.
  }
  return { format: 'srt' }
}

export function rememberChoice(choice: Choice): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choice))
  } catch {}
}

/** A length outside the limits, as while typing, counts as the default. */
export function lengthOf(value: string | number): number | undefined {
  const length = Number(value)
  return value !== '' && length >= LINE_LENGTH.least && length <= LINE_LENGTH.most ? length : undefined
}
