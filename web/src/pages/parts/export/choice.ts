import type { FRAME_RATES } from '../../../../../src/contract/formats.ts'
import type { Format } from '../format-names.ts'

/** How a transcript is downloaded; what is left out is as usual. */
export interface Choice {
  format: Format
  lineLength?: number | undefined
  lines?: 1 | 2 | undefined
  speakers?: boolean | undefined
  times?: boolean | undefined
  fps?: (typeof FRAME_RATES)[number] | undefined
}

type Option = Exclude<keyof Choice, 'format'>

const OPTIONS: Record<Format, readonly Option[]> = {
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

/** What can be chosen of a format. */
export const has = ({ format }: Choice, option: Option): boolean => OPTIONS[format].includes(option)

/** What stands for `times` where nobody chose. */
export const usualTimes = ({ format }: Choice): boolean => format !== 'txt'

/** “?lineLength=32&speakers=false”, or nothing: only what the format has and somebody chose. */
export function queryOf(choice: Choice): string {
  const chosen = OPTIONS[choice.format].flatMap((option) =>
    choice[option] === undefined ? [] : [[option, String(choice[option])]],
  )
  return chosen.length > 0 ? `?${new URLSearchParams(chosen)}` : ''
}

const KEY = 'earshot:export'

/** The last one, in this browser. */
export function lastChoice(): Choice {
  try {
    const last = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Choice>
    if (last.format !== undefined && Object.hasOwn(OPTIONS, last.format)) return last as Choice
  } catch {
    // A browser may be told to keep nothing, and somebody may have written there.
  }
  return { format: 'srt' }
}

export function rememberChoice(choice: Choice): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choice))
  } catch {}
}
