import { languageName, readLanguage } from '../../../contract/language.ts'

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']

/** What such a server takes: the codes of ISO 639-1 that stand for a language of their own, and Whisper's two others. */
export const CODES: readonly string[] = [
  ...LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter(
    (code) => readLanguage(code) === code && languageName(code) !== code,
  ),
  'yue',
  'haw',
]

/** OpenAI says `english` where others say `en`. Undefined: neither a name nor a code. */
export const languageCode = (said: string): string | undefined => readLanguage(said) ?? undefined
