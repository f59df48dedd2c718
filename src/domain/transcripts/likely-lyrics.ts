/**
 * Are these the words of a song? A heuristic on the text and its times: songs repeat whole lines, and
 * their lines are short. Soku's `likelyLyrics`.
 */
import type { Transcript } from '../../ports/transcript.ts'

export interface LyricsVerdict {
  likely: boolean
  /** 0 to 1. */
  score: number
}

/** Fewer words say nothing either way. */
const MIN_WORDS = 12
const PHRASE = 4
const THRESHOLD = 0.5

export function likelyLyrics({ text, segments }: Transcript): LyricsVerdict {
  const words = wordsOf(text)
  if (words.length < MIN_WORDS) return { likely: false, score: 0 }
  const score = Math.min(1, 1.4 * repeatedShare(words) + 0.5 * repeatedLines(segments.map((s) => s.text)))
  return { likely: score >= THRESHOLD, score }
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []

/** The share of four-word phrases that were there before. */
function repeatedShare(words: readonly string[]): number {
  const seen = new Set<string>()
  let repeated = 0
  const count = words.length - PHRASE + 1
  for (let k = 0; k < count; k++) {
    const phrase = words.slice(k, k + PHRASE).join(' ')
    if (seen.has(phrase)) repeated++
    seen.add(phrase)
  }
  return count > 0 ? repeated / count : 0
}

function repeatedLines(lines: readonly string[]): number {
  const keys = lines.map((line) => wordsOf(line).join(' ')).filter(Boolean)
  return keys.length > 2 ? 1 - new Set(keys).size / keys.length : 0
}
