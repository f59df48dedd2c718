/** Finding words in segments. */

export interface Search {
  text: string
  matchCase?: boolean
  wholeWords?: boolean
  /** Each word of the text by itself, as a search through the library finds them. */
  anyWord?: boolean
}

export interface Found {
  /** Which segment. */
  at: number
  /** [from, to) in its text. */
  from: number
  to: number
}

/** Matches every occurrence; undefined where nothing is looked for. */
export function finder({ text, matchCase, wholeWords, anyWord }: Search): RegExp | undefined {
  const wanted = anyWord ? text.split(/\s+/).filter(Boolean) : [text].filter((each) => each.trim() !== '')
  if (wanted.length === 0) return undefined
  const plain = wanted.map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  const begins = wholeWords || anyWord ? '(?<![\\p{L}\\p{N}])' : ''
  const ends = wholeWords ? '(?![\\p{L}\\p{N}])' : ''
  return new RegExp(`${begins}(?:${plain})${ends}`, matchCase ? 'gu' : 'giu')
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
