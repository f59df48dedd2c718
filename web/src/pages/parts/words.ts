import type { SOURCES, TranscriptionSummary } from '../../../../src/contract/native.ts'
import { PLATFORM_NAMES } from '../../../../src/contract/platforms.ts'

type SourceName = (typeof SOURCES)[number]

export const sourceNames: Record<SourceName, string> = {
  upload: 'File',
  url: 'Web address',
  ...PLATFORM_NAMES,
}

type Source = TranscriptionSummary['source']

/** Where it came from, in a word: a file, a platform, a site. */
export function sourceWords(source: Source): string {
  if (source.kind === 'media') return sourceNames.upload
  if (source.kind === 'link') return sourceNames[source.platform]
  return URL.canParse(source.url) ? new URL(source.url).hostname : sourceNames.url
}

/** What to call it while nobody has named it. */
export function titleWords({ title, source }: Pick<TranscriptionSummary, 'title' | 'source'>): string {
  if (title !== null) return title
  if (source.kind === 'media') return 'Untitled file'
  return source.url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')
}

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })

/** @param code ISO 639-1 */
export const languageName = (code: string): string => languages.of(code) ?? code

/** “1:02:03”, “2:03”, “0:03”: a moment or a length, in whole seconds. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, k) => (k === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

/** “830 kB”, “1.2 GB” */
export function bytesWords(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const count = bytes / 1000 ** unit
  return `${count.toLocaleString('en', { maximumFractionDigits: unit < 2 || count >= 100 ? 0 : 1 })} ${UNITS[unit]}`
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const
