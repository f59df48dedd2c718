/** Punctuation has no time of its own: it belongs to the word that it opens or ends. As OpenAI's decoder does it. */
import { stripped, type Word } from './words.ts'

const OPENING = '"\'“¿([{-'
const CLOSING = '"\'.。,，!！?？:：”)]}、'

export function mergePunctuation(words: readonly Word[]): Word[] {
  return mergeClosing(mergeOpening(words))
}

function mergeOpening(words: readonly Word[]): Word[] {
  const merged: Word[] = []
  for (const word of words.toReversed()) {
    const following = merged.at(-1)
    if (following && word.text.startsWith(' ') && OPENING.includes(stripped(word.text)))
      merged[merged.length - 1] = joined(word, following)
    else merged.push(word)
  }
  return merged.reverse()
}

function mergeClosing(words: readonly Word[]): Word[] {
  const merged: Word[] = []
  for (const word of words) {
    const previous = merged.at(-1)
    if (previous && !previous.text.endsWith(' ') && CLOSING.includes(word.text))
      merged[merged.length - 1] = joined(previous, word)
    else merged.push(word)
  }
  return merged
}

const joined = (a: Word, b: Word): Word => ({ text: a.text + b.text, tokens: [...a.tokens, ...b.tokens] })
