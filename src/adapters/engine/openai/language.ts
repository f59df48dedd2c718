import { languageName, readLanguage } from '../../../contract/language.ts'

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']

let codes: readonly string[] | undefined

/**
 * What such a server takes: the codes of ISO 639-1 that stand for a language of their own, and Whisper's two others.
 * Looked up when first asked for: it takes 25 ms, which a command that hears by itself need not wait.
 */
export function languageCodes(): readonly string[] {
  codes ??= [
    ...LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter(
      (code) => readLanguage(code) === code && languageName(code) !== code,
    ),
    'yue',
    'haw',
  ]
  return codes
}

/** OpenAI says `english` where others say `en`. Undefined: neither a name nor a code. */
export const languageCode = (said: string): string | undefined => readLanguage(said) ?? undefined
