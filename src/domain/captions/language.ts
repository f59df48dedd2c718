/** ISO 639-1 (or the longer code of a language without one) of a tag such as `eng-US` or `pt_BR`; null for none. */
export function languageOf(tag: string | null | undefined): string | null {
  if (!tag) return null
  try {
    const { language } = new Intl.Locale(tag.replaceAll('_', '-'))
    return !language || language === 'und' || language === 'mul' || language === 'zxx' ? null : language
  } catch {
    return null
  }
}
