/** The signs by which `likelyLyrics` knows a song. Each is from 0 (not there) to 1 (fully there). */
import type { Line } from './lyrics-lines.ts'

const clamp = (x: number): number => Math.min(1, Math.max(0, x))

export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []

/** Fewer lines than these have no structure. */
export const FEW_LINES = 4

const PHRASE = 4
/** This share of the phrases twice is as much as songs have. */
const MUCH_REPEATED = 0.35

/** Four words in a row that were there before. */
export function repeatedPhrases(words: readonly string[]): number {
  const seen = new Set<string>()
  let repeated = 0
  const count = words.length - PHRASE + 1
  for (let k = 0; k < count; k++) {
    const phrase = words.slice(k, k + PHRASE).join(' ')
    if (seen.has(phrase)) repeated++
    seen.add(phrase)
  }
  return count > 0 ? clamp(repeated / count / MUCH_REPEATED) : 0
}

/** Whole lines of at least two words that were there before. */
export function repeatedLines(lines: readonly Line[]): number {
  const keys = lines.map((line) => wordsOf(line.text)).filter((words) => words.length > 1)
  if (keys.length < FEW_LINES) return 0
  return clamp((1 - new Set(keys.map((k) => k.join(' '))).size / keys.length) / MUCH_REPEATED)
}

/** Lines that end like one of the next two, in another word. By letters, so best where they follow the sound. */
export function rhymes(lines: readonly Line[]): number {
  const ends = lines.flatMap((line) => wordsOf(line.text).at(-1) ?? [])
  if (ends.length < FEW_LINES) return 0
  const rhyming = new Set<number>()
  ends.forEach((end, k) => {
    for (const other of [k + 1, k + 2])
      if (other < ends.length && doRhyme(end, ends[other]!)) rhyming.add(k).add(other)
  })
  // By chance a line in six does.
  return clamp((rhyming.size / ends.length - 0.17) / 0.6)
}

function doRhyme(a: string, b: string): boolean {
  if (a === b) return false
  const [x, y] = [a, b].map(rime)
  return x !== '' && x === y
}

/** From the last vowel that is heard to the end; a silent e is not heard. */
function rime(word: string): string {
  // No word is longer; what pretends to be one must not take long.
  const heard = word
    .slice(-40)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/(?<=[^aeiouy])e$/, '')
  const [end = ''] = /[aeiouy]+[^aeiouy]*$/.exec(heard) ?? []
  // “Walking” and “going” end alike, but do not rhyme.
  return /^(ing|ed|er|es|e)$/.test(end) && heard.length > 4 ? '' : end.replace(/^ie$/, 'y')
}

const CALLS = new Set(
  'oh ooh oooh ah aah la na da doo hey yeah yea yeh whoa woah wo ay mmm hmm baby uh huh shala sha tra lala'.split(
    ' ',
  ),
)

/** Calls that carry a melody and no meaning. */
export const calls = (words: readonly string[]): number =>
  clamp(words.filter((w) => CALLS.has(w)).length / words.length / 0.12)

/** Lines of two to eleven words. */
export const shortLines = (lines: readonly Line[]): number =>
  lines.length < FEW_LINES
    ? 0
    : clamp((lines.filter((l) => l.words >= 2 && l.words <= 11).length / lines.length - 0.5) * 2)

/** Lines begin at multiples of one interval, as they do in music; null without times of enough lines. */
export function regularLines(lines: readonly Line[]): number | null {
  const starts = lines.filter((l) => l.timed && l.words > 1).map((l) => l.start)
  const intervals = starts.slice(1).map((t, k) => t - starts[k]!)
  if (intervals.length < FEW_LINES) return null
  const sorted = [...intervals].sort((a, b) => a - b)
  const period = sorted[Math.floor(sorted.length / 2)]!
  const off = intervals.map((interval) => {
    const beats = (interval / period) * 2
    return Math.abs(beats - Math.max(1, Math.round(beats)))
  })
  // Half a beat off is the most there can be; a quarter is chance.
  const mean = off.reduce((sum, x) => sum + x, 0) / off.length
  return clamp(1 - mean / 0.2)
}

/** Fewer words a second, while there are words, than in speech. */
export function slowWords(lines: readonly Line[]): number {
  const timed = lines.filter((l) => l.timed && l.words > 1)
  const seconds = timed.reduce((sum, l) => sum + l.end - l.start, 0)
  if (timed.length < FEW_LINES || seconds === 0) return 0
  const rate = timed.reduce((sum, l) => sum + l.words, 0) / seconds
  return clamp((2.7 - rate) / 0.9)
}

/** Sentences longer than a line of a song, as writers of speech recognisers punctuate them. */
export function longSentences(text: string): number {
  const lengths = text.split(/[.!?。！？]+/u).map((s) => wordsOf(s).length)
  const words = lengths.reduce((sum, n) => sum + n, 0)
  if (!/[.!?。！？]/u.test(text) || words === 0) return 0
  const long = lengths.filter((n) => n >= 14 && n <= 45).reduce((sum, n) => sum + n, 0)
  return clamp(long / words)
}
