import { WINDOWS_1252 } from './entities.ts'

/**
 * The text of a caption file. Most are UTF-8; those that people upload are what their editors write, and some
 * platforms hand them on as they came.
 * @param charset as `Content-Type` names it
 * @param language of the captions
 */
export function decodeText(
  bytes: Buffer,
  { charset, language }: { charset?: string; language: string },
): string {
  const told = byteOrder(bytes)
  if (told) return new TextDecoder(told).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return inCodePage(bytes, charset) ?? inCodePage(bytes, CODE_PAGES.get(language)) ?? latin(bytes)
  }
}

/** UTF-16 by its mark, or by every other byte of its first characters, which are times and numbers, being 0. */
function byteOrder(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second, third, fourth] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first && second === 0 && third && fourth === 0) return 'utf-16le'
  if (first === 0 && second && third === 0 && fourth) return 'utf-16be'
  return undefined
}

function inCodePage(bytes: Buffer, name: string | undefined): string | undefined {
  // The first two it is not, that has been tried; the others are the last resort.
  if (name === undefined || /^(utf-?8|us-ascii|iso-8859-1|windows-1252)$/i.test(name)) return undefined
  try {
    return new TextDecoder(name).decode(bytes)
  } catch {
    return undefined
  }
}

/** Node 20 takes `windows-1252` for Latin-1, which has control characters in place of these quotation marks and dashes. */
const latin = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(/[\x80-\x9f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80]!)

/** By language, what Windows writes where it does not write UTF-8. For all others: that of western Europe. */
const CODE_PAGES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'windows-1250': 'pl cs sk hu sl hr bs ro sq',
    'windows-1251': 'ru uk be bg mk sr kk ky mn',
    'windows-1253': 'el',
    'windows-1254': 'tr az',
    'windows-1255': 'he yi',
    'windows-1256': 'ar fa ur',
    'windows-1257': 'lt lv et',
    'windows-1258': 'vi',
    'windows-874': 'th',
    shift_jis: 'ja',
    'euc-kr': 'ko',
    gb18030: 'zh',
  }).flatMap(([page, languages]) => languages.split(' ').map((each): [string, string] => [each, page])),
)
