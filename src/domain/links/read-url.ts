import { LinkError } from './error.ts'
import type { PlainUrl } from './platform.ts'

const MAX_LENGTH = 2048

/**
 * The only authority that is read: letters, digits, dots and hyphens up to the path. Checked on the text
 * itself, because URL parsers forgive too much: they drop tabs and line breaks, turn `\` into `/`, decode
 * `%2e`, fold look-alike letters to ASCII and read `0x7f.1` as an address.
 */
const PLAIN = /^https?:\/\/([a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+)(?=[/?#]|$)/i

/** Control and formatting characters, every kind of space, and the backslash. */
const FORBIDDEN = /[\p{C}\p{Z}\\]/u

/** @throws LinkError unless it is a plain http(s) URL. Plain http is taken, and never used. */
export function readUrl(text: string): PlainUrl {
  const trimmed = text.replace(/^ +| +$/g, '')
  const host = PLAIN.exec(trimmed)?.[1]?.toLowerCase()
  if (!host || trimmed.length > MAX_LENGTH || FORBIDDEN.test(trimmed) || !URL.canParse(trimmed)) {
    throw new LinkError(
      'This is not a plain https:// link. Give the address of one post as the platform shows it, ' +
        'for example https://www.youtube.com/watch?v=dQw4w9WgXcQ.',
    )
  }
  const url = new URL(trimmed)
  return { host, segments: url.pathname.split('/').filter(Boolean), query: url.searchParams }
}
