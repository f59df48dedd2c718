import { LinkError } from './error.ts'
import type { PlainUrl } from './platform.ts'

const MAX_LENGTH = 2048

/**
 * The only authority that is read: letters, digits, dots and hyphens up to the path. Checked on the text
 * itself, because URL parsers forgive too much: they drop tabs and line breaks, turn `\` into `/`, decode
 * `%2e`, fold look-alike letters to ASCII and read `0x7f.1` as an address. `https://` may be missing, as
 * browsers leave it out where they show an address.
 */
const LABEL = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?'
const PLAIN = new RegExp(`^(https?:\\/\\/)?(${LABEL}(?:\\.${LABEL}){1,10})(?=[/?#]|$)`, 'i')

/** Control and formatting characters, every kind of space, and the backslash. */
const FORBIDDEN = /[\p{C}\p{Z}\\]/u

/** @throws LinkError unless it is a plain http(s) URL. Plain http is taken, and never used. */
export function readUrl(text: string): PlainUrl {
  const url = plainUrl(text)
  if (!url)
    throw new LinkError(
      'This is not a plain https:// link. Give the address of one post as the platform shows it, ' +
        'for example https://www.youtube.com/watch?v=dQw4w9WgXcQ.',
    )
  return url
}

/** Null for what is no plain http(s) URL. */
export function plainUrl(text: string): PlainUrl | null {
  if (text.length > 2 * MAX_LENGTH) return null
  const trimmed = withoutSpaces(text)
  const [, scheme, host] = PLAIN.exec(trimmed) ?? []
  if (!host || trimmed.length > MAX_LENGTH || FORBIDDEN.test(trimmed)) return null
  const whole = scheme ? trimmed : `https://${trimmed}`
  if (!URL.canParse(whole)) return null
  const url = new URL(whole)
  return {
    host: host.toLowerCase(),
    segments: url.pathname.split('/').filter(Boolean),
    query: url.searchParams,
  }
}

/** Around it, as they come with copying; of other white space none is passed over. */
function withoutSpaces(text: string): string {
  let [from, to] = [0, text.length]
  while (text[from] === ' ') from++
  while (to > from && text[to - 1] === ' ') to--
  return text.slice(from, to)
}
