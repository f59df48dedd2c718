/**
 * ISO 639-1 (or the longer code of a language without one) of a tag such as `eng-US` or `pt_BR`; null for none.
 * Of `en-nP7-2PuUl7o`, where YouTube puts the id of a named track behind the language, only `en` is read.
 */
export function languageOf(tag: string | null | undefined): string | null {
  return readTag(tag)?.language ?? null
}

interface Tag {
  language: string
  /** `BR`, `419`; in upper case. */
  region: string | null
  /** Whether more follows: the id of a track with a name. */
  named: boolean
}

export function readTag(tag: string | null | undefined): Tag | null {
  const [first = '', ...others] = subtags(tag)
  if (!/^[a-z]{2,3}$/i.test(first)) return null
  const extended = others[0] !== undefined && /^zh$/i.test(first) && /^[a-z]{3}$/.test(others[0])
  const language = canonical(extended ? others.shift()! : first)
  if (language === null) return null
  if (/^[a-z]{4}$/i.test(others[0] ?? '')) others.shift()
  const region = /^(?:[a-z]{2}|\d{3})$/i.test(others[0] ?? '') ? others.shift()!.toUpperCase() : null
  return { language, region, named: others.length > 0 }
}

/** Whether YouTube's tag says that a machine translated the track: `en-de`, where a region would be upper case. */
export const isTranslated = (tag: string): boolean =>
  subtags(tag)
    .slice(1, 4)
    .some((each) => /^[a-z]{2,3}$/.test(each)) && languageOf(tag) !== null

const subtags = (tag: string | null | undefined): string[] =>
  (tag ?? '').trim().replaceAll('_', '-').split('-')

function canonical(code: string): string | null {
  try {
    const { language } = new Intl.Locale(code)
    return !language || NO_LANGUAGE.has(language) ? null : language
  } catch {
    return null
  }
}

/** Undetermined, several, none. */
const NO_LANGUAGE = new Set(['und', 'mul', 'zxx', 'mis'])

/**
 * How well captions in one language serve where another is wanted: 0 is best, null not at all. `no` stands for
 * both written forms of Norwegian, of which nearly all is Bokmål.
 */
export function fits(wanted: string, language: string): number | null {
  if (wanted === language) return 0
  if (wanted !== 'no' && language !== 'no') return null
  return [wanted, language].includes('nb') ? 1 : [wanted, language].includes('nn') ? 2 : null
}
