/** Latin-1's, in the order of their characters from U+00A0 on. */
const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute ' +
  'micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig ' +
  'Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash ' +
  'Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc ' +
  'euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml ' +
  'yacute thorn yuml'

const OTHERS =
  'amp& lt< gt> quot" apos\' hellip… ndash– mdash— lsquo‘ rsquo’ sbquo‚ ldquo“ rdquo” bdquo„ lsaquo‹ rsaquo› bull• ' +
  'dagger† Dagger‡ permil‰ prime′ Prime″ euro€ trade™ larr← uarr↑ rarr→ darr↓ harr↔ minus− ne≠ le≤ ge≥ asymp≈ equiv≡ ' +
  'infin∞ radic√ sum∑ prod∏ part∂ int∫ deg° OElig\u0152 oelig\u0153 Scaron\u0160 scaron\u0161 Yuml\u0178 Zcaron\u017d ' +
  'zcaron\u017e Ccaron\u010c ccaron\u010d fnof\u0192 sung♪ flat♭ natural♮ sharp♯ spades♠ clubs♣ hearts♥ diams♦ check✓ ' +
  'star☆ starf★ num# excl! quest? colon: semi; comma, period. lpar( rpar) lsqb[ rsqb] lbrack[ rbrack] lcub{ rcub} ' +
  'commat@ percnt% dollar$ lowbar_ sol/ bsol\\ verbar| plus+ equals= ast* grave`'

const GREEK =
  'Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau Upsilon Phi ' +
  'Chi Psi Omega'

/** Spaces of some width, and characters that are not seen. */
const UNSEEN: [string, string][] = [
  ...['nbsp', 'ensp', 'emsp', 'thinsp', 'hairsp', 'Tab', 'NewLine'].map((n): [string, string] => [n, ' ']),
  ...['lrm', 'rlm', 'shy'].map((n): [string, string] => [n, '']),
  ['zwnj', '\u200c'],
  ['zwj', '\u200d'],
]

const NAMED = new Map<string, string>([
  ...LATIN.split(' ').map((name, k): [string, string] => [name, String.fromCodePoint(0xa0 + k)]),
  ...OTHERS.split(' ').map((one): [string, string] => [one.slice(0, -1), one.slice(-1)]),
  ...GREEK.split(' ').flatMap((name, k): [string, string][] => [
    [name, String.fromCodePoint(0x391 + k)],
    [name.toLowerCase(), String.fromCodePoint(0x3b1 + k)],
  ]),
  ['sigmaf', 'ς'],
  ...UNSEEN,
])

/** As often as an escaped text was escaped again on its way here: more than three times has not been seen. */
const TIMES = 4

/** Decodes HTML's entities until none is left, as players are often given them escaped twice. Unknown ones stay. */
export function decodeEntities(text: string): string {
  let decoded = text
  for (let k = 0; k < TIMES && decoded.includes('&'); k++) {
    const before = decoded
    decoded = decoded.replace(PAIR, decodePair).replace(ENTITY, decode)
    if (decoded === before) break
  }
  return decoded
}

/** The oldest are read without a semicolon, too, if no letter follows. */
const ENTITY =
  /&(?:(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z][a-z\d]{1,12}));|(amp|lt|gt|quot|nbsp)(?![a-z\d;=]))/gi

/** A character beyond the first 65,536 that was escaped half by half, as programs do that count in UTF-16. */
const PAIR = /&#(5[5-6]\d{3}|x[dD][89abAB][\da-fA-F]{2});&#(5[6-7]\d{3}|x[dD][c-fC-F][\da-fA-F]{2});/g

function decodePair(whole: string, high: string, low: string): string {
  const [first = 0, second = 0] = [high, low].map((code) => Number(code.startsWith('x') ? `0${code}` : code))
  const isPair = first >= 0xd800 && first < 0xdc00 && second >= 0xdc00 && second < 0xe000
  return isPair ? String.fromCharCode(first, second) : whole
}

function decode(whole: string, decimal?: string, hex?: string, named?: string, old?: string): string {
  const name = named ?? old
  if (name) return NAMED.get(name) ?? NAMED.get(name.toLowerCase()) ?? whole
  const code = decimal ? Number(decimal) : Number.parseInt(hex!, 16)
  if (code >= 0x80 && code <= 0x9f) return WINDOWS_1252[code - 0x80] ?? whole
  const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return valid ? String.fromCodePoint(code) : whole
}

/** From U+0080 on. `&#146;` is meant as an apostrophe by all who write it, and HTML reads it so. */
export const WINDOWS_1252 = Array.from('€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ')
