/** What the model for Chinese and English writes, and what stands for it after a Latin letter or digit. */
const LATIN: Record<string, string> = { '，': ',', '。': '.', '？': '?', '、': ',', '！': '!' }
const MARKS = new Set(Object.keys(LATIN))

/**
 * A text with the marks that a model put into it, and nothing else of what the model wrote: it changes spaces,
 * and a model may do anything. The text as it was, where the model changed its letters.
 */
export function withMarks(text: string, suggested: string): string {
  const original = [...text]
  let out = ''
  let at = 0
  /** Spaces go after a mark, not before it. */
  let spaces = ''
  const isSpace = (char: string | undefined): boolean => char !== undefined && /\s/u.test(char)
  for (const char of suggested) {
    if (isSpace(char)) continue
    while (isSpace(original[at])) spaces += original[at++]
    if (original[at] === char) {
      out += spaces + char
      spaces = ''
      at++
    } else if (MARKS.has(char)) {
      if (/[\p{L}\p{N}\p{M}%’']$/u.test(out)) out += markAfter(out, char)
    } else return text
  }
  return original.slice(at).every(isSpace) ? out + spaces + original.slice(at).join('') : text
}

const markAfter = (before: string, mark: string): string =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(before) ? mark : (LATIN[mark] ?? mark)
