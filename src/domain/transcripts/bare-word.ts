/** A word and the signs around it. */

const isLetter = (sign: string): boolean => /[\p{L}\p{M}\p{N}]/u.test(sign)

export function aroundOf(word: string): [before: string, after: string] {
  const signs = [...word]
  const first = signs.findIndex(isLetter)
  if (first < 0) return [word, '']
  return [signs.slice(0, first).join(''), signs.slice(signs.findLastIndex(isLetter) + 1).join('')]
}

/** Without the signs around it. */
export function bareWord(word: string): string {
  const [before, after] = aroundOf(word)
  return word.slice(before.length, word.length - after.length)
}
