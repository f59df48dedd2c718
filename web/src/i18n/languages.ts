/** The languages that the page speaks, by the names that they give themselves. */
export const LANGUAGES = {
  en: { name: 'English', dir: 'ltr' },
  de: { name: 'Deutsch', dir: 'ltr' },
  fr: { name: 'Français', dir: 'ltr' },
  es: { name: 'Español', dir: 'ltr' },
  'pt-BR': { name: 'Português (Brasil)', dir: 'ltr' },
  ja: { name: '日本語', dir: 'ltr' },
} as const

export type Language = keyof typeof LANGUAGES

export const isLanguage = (text: string | null): text is Language =>
  text !== null && Object.hasOwn(LANGUAGES, text)

/** The first of the wanted languages (`navigator.languages`) that the page speaks, or English. */
export function languageFor(wanted: readonly string[]): Language {
  const all = Object.keys(LANGUAGES) as Language[]
  const found = wanted.flatMap((tag) => all.find((language) => base(language) === base(tag)) ?? [])
  return found[0] ?? 'en'
}

/**
 * Whose dates and numbers to write: those of the region that the browser names, as in de-AT. Brazilian Portuguese stays
 * Brazilian, since plurals differ in Portugal.
 */
export const localeFor = (language: Language, wanted: readonly string[]): string =>
  (language !== 'pt-BR' && wanted.find((tag) => base(tag) === language)) || language

const base = (tag: string): string => tag.split('-', 1)[0]!.toLowerCase()
