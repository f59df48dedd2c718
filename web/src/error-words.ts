import { translator } from './i18n/catalogue.ts'

/**
 * What the server says is wrong, in the language of the page. Its own sentence, which is English, where the code has no
 * message: it then says what no other sentence can.
 */
export function errorWords(code: string, message: string): string {
  const t = translator('errors')
  // Whether it is one that there is, `has` says.
  const key = `codes.${code}` as 'codes.internal'
  return t.has(key) ? t(key) : message
}
