const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']

/** The codes of ISO 639-1 that stand for a language of their own. */
export const CODES: readonly string[] = LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter(
  (code) => Intl.getCanonicalLocales(code)[0] === code && named(code) !== undefined,
)

const BY_NAME = new Map(CODES.map((code) => [named(code), code]))

/** OpenAI says `english` where others say `en`. Undefined: neither a name nor a code. */
export function languageCode(said: string): string | undefined {
  const lower = said.trim().toLowerCase()
  return CODES.includes(lower) ? lower : BY_NAME.get(lower)
}

function named(code: string): string | undefined {
  return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(code)?.toLowerCase()
}
