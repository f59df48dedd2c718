/** How text is cut into words for searching: the same for what is stored, what is asked, and what is marked. */

/** Scripts that are written without spaces: two neighbouring characters at a time stand for a word. */
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u
const RUNS = new RegExp(
  `(?<unspaced>${UNSPACED.source}+)|(?:(?!${UNSPACED.source})[\\p{L}\\p{N}\\p{M}])+`,
  'gu',
)
const MAX_WORD = 60

export interface SearchWord {
  /** Lower case, without accents. */
  word: string
  /** UTF-16 units of the text, end exclusive. */
  from: number
  to: number
}

export function searchWords(text: string): SearchWord[] {
  return (
    [...text.matchAll(RUNS)]
      .flatMap(wordsOf)
      // Nothing is left of an accent that stands alone.
      .filter(({ word }) => word !== '')
  )
}

const wordsOf = ({ 0: run, index, groups }: RegExpExecArray): SearchWord[] =>
  groups?.unspaced === undefined
    ? [{ word: fold(run), from: index, to: index + run.length }]
    : pairs(run, index)

function pairs(run: string, at: number): SearchWord[] {
  const starts: number[] = []
  let offset = 0
  for (const character of run) {
    starts.push(offset)
    offset += character.length
  }
  starts.push(offset)
  const last = Math.max(1, starts.length - 2)
  return starts.slice(0, last).map((from, k) => {
    const to = starts[Math.min(k + 2, starts.length - 1)]!
    return { word: fold(run.slice(from, to)), from: at + from, to: at + to }
  })
}

const ACCENTS = /[\u0300-\u036f]/g
const ASCII = /^[a-z0-9]*$/i

function fold(word: string): string {
  // Nothing else becomes of most words of many languages, and two thirds of the time went here.
  if (ASCII.test(word)) return word.toLowerCase().slice(0, MAX_WORD)
  return word
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '')
    .slice(0, MAX_WORD)
}

/** The distinct words of some texts, separated by spaces, as they are stored for searching. */
export function distinctWords(...texts: (string | null)[]): string {
  const words = new Set<string>()
  // A long text says the same again and again: it is folded once.
  const seen = new Set<string>()
  for (const text of texts)
    for (const run of (text ?? '').matchAll(RUNS)) {
      if (seen.has(run[0])) continue
      seen.add(run[0])
      for (const { word } of wordsOf(run)) words.add(word)
    }
  words.delete('')
  return [...words].join(' ')
}
