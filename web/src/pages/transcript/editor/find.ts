/** Finding words in segments. */

export interface Search {
  text: string
  matchCase?: boolean
  wholeWords?: boolean
}

export interface Found {
  /** Which segment. */
  at: number
  /** [from, to) in its text. */
  from: number
  to: number
}

/** Matches every occurrence; undefined where nothing is looked for. */
export function finder({ text, matchCase = false, wholeWords = false }: Search): RegExp | undefined {
  if (text.trim() === '') return undefined
  const plain = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const pattern = wholeWords ? `(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])` : plain
  return new RegExp(pattern, matchCase ? 'gu' : 'giu')
}

export function findIn(text: string, pattern: RegExp): { from: number; to: number }[] {
  return Array.from(text.matchAll(pattern), ({ index, 0: { length } }) => ({
    from: index,
    to: index + length,
  }))
}

export function findAll(segments: readonly { text: string }[], search: Search): Found[] {
  const pattern = finder(search)
  if (!pattern) return []
  return segments.flatMap(({ text }, at) => findIn(text, pattern).map((place) => ({ at, ...place })))
}
