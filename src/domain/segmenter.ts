const made = new Map<string, Intl.Segmenter>()

/** Unicode's borders in text. Made when it is first used: ICU's dictionaries take 18 ms to open. */
export function segmenter(granularity: 'grapheme' | 'word' | 'sentence'): Intl.Segmenter {
  const known = made.get(granularity) ?? new Intl.Segmenter('en', { granularity })
  made.set(granularity, known)
  return known
}
