/**
 * Where the last characters of a kind begin. A regular expression like `/\s+$/` looks from every place of a text,
 * and a long run in its middle costs the square of its length; this looks once, from the end.
 * @param kind of one character
 */
export function endBegins(text: string, kind: RegExp): number {
  let at = text.length
  while (at > 0) {
    const low = text.charCodeAt(at - 1)
    const paired = at > 1 && low >= 0xdc00 && low <= 0xdfff && isHigh(text.charCodeAt(at - 2))
    const from = paired ? at - 2 : at - 1
    if (!kind.test(text.slice(from, at))) return at
    at = from
  }
  return at
}

/** Without the characters of a kind at both ends. */
export function trimmed(text: string, kind: RegExp): string {
  const end = endBegins(text, kind)
  let from = 0
  for (const character of text.slice(0, end)) {
    if (!kind.test(character)) break
    from += character.length
  }
  return text.slice(from, end)
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
