import type { TranscriptionSummary } from '../../../../src/contract/native.ts'
import { PLATFORM_NAMES } from '../../../../src/contract/platforms.ts'
import { locale, translator } from '../../i18n/catalogue.ts'

/** @param name one of `SOURCES`, or what an older version called one */
export function sourceName(name: string): string {
  const t = translator('parts')
  if (name === 'upload') return t('file')
  if (name === 'url') return t('webAddress')
  return PLATFORM_NAMES[name as keyof typeof PLATFORM_NAMES] ?? name
}

type Source = TranscriptionSummary['source']

/** Where it came from, in a word: a file, a platform, a site. */
export function sourceWords(source: Source): string {
  if (source.kind === 'media') return sourceName('upload')
  if (source.kind === 'link') return sourceName(source.platform)
  return URL.canParse(source.url) ? new URL(source.url).hostname : sourceName('url')
}

/** What to call it while nobody has named it. */
export function titleWords({ title, source }: Pick<TranscriptionSummary, 'title' | 'source'>): string {
  if (title !== null) return title
  if (source.kind === 'media') return translator('parts')('untitled')
  return source.url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')
}

/** @param code ISO 639-1 */
export const languageName = (code: string): string =>
  new Intl.DisplayNames(locale(), { type: 'language', fallback: 'code' }).of(code) ?? code

/** @param code ISO 15924 */
export const scriptName = (code: string): string =>
  new Intl.DisplayNames(locale(), { type: 'script', fallback: 'code' }).of(code) ?? code

/** “one, two, three” */
export const commaWords = (items: readonly string[]): string =>
  new Intl.ListFormat(locale(), { style: 'narrow' }).format(items)

/** “one, two, and three” */
export const listWords = (items: readonly string[]): string => new Intl.ListFormat(locale()).format(items)

/** “12,345” */
export const numberWords = (count: number, options?: Intl.NumberFormatOptions): string =>
  count.toLocaleString(locale(), options)

/** “42%”, never more than is done. @param pct 0 to 100 */
export const percentWords = (pct: number): string => numberWords(Math.floor(pct) / 100, { style: 'percent' })

/** “1:02:03”, “2:03”, “0:03”: a moment or a length, in whole seconds. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, k) => (k === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

/** “830 kB”, “1.2 GB” */
export function bytesWords(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const count = bytes / 1000 ** step
  return numberWords(count, {
    style: 'unit',
    unit: UNITS[step]!,
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step < 2 || count >= 100 ? 0 : 1,
  })
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
