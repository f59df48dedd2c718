/** What was heard wrongly and put right: found by comparing a transcript with what was recognised. Pure. */
import type { Segment, Word } from '../../ports/transcript.ts'
import { bareWord } from './bare-word.ts'
import { joined } from './join-text.ts'

export interface Correction {
  from: string
  to: string
  /** How often it was made. */
  count: number
}

interface Mended {
  from: string
  to: string
  /** What was heard, word by word with a space between, in any language. */
  heard: string
}

/** More words than that are another sentence, not a word that was misheard. */
const MOST_WORDS = 3
const OFTEN = 2

/**
 * The corrections that were made again and again, the most frequent first. What was heard, but still stands somewhere in
 * the corrected texts, was right there: it is left alone.
 */
export function oftenCorrected(
  transcripts: readonly { original: readonly Segment[]; edited: readonly Segment[] }[],
): Correction[] {
  const found = new Map<string, Mended & { count: number }>()
  for (const { original, edited } of transcripts)
    for (const mended of mendedIn(original, edited)) {
      const key = `${mended.heard}\n${mended.to}`
      found.set(key, { ...mended, count: (found.get(key)?.count ?? 0) + 1 })
    }
  const often = [...found.values()].filter(({ count }) => count >= OFTEN)
  if (often.length === 0) return []
  const texts = transcripts.map(({ edited }) => ` ${wordsOf(edited).map(comparableOf).join(' ')} `)
  return often
    .filter(({ heard }) => !texts.some((text) => text.includes(` ${heard} `)))
    .sort((one, other) => other.count - one.count)
    .map(({ from, to, count }) => ({ from, to, count }))
}

/** Words that nobody touched keep their time: what lies between two of them is what was changed. */
function mendedIn(original: readonly Segment[], edited: readonly Segment[]): Mended[] {
  const [before, after] = [wordsOf(original), wordsOf(edited)]
  const places = new Map(before.map((word, k) => [keyOf(word), k]))
  const all: Mended[] = []
  let [from, to] = [0, 0]
  const gap = (k: number, at: number): void => {
    const mended = mendedAs(before.slice(from, k), after.slice(to, at))
    if (mended) all.push(mended)
  }
  after.forEach((word, at) => {
    const k = places.get(keyOf(word))
    if (k === undefined || k < from) return
    gap(k, at)
    from = k + 1
    to = at + 1
  })
  gap(before.length, after.length)
  return all
}

function mendedAs(before: readonly Word[], after: readonly Word[]): Mended | undefined {
  if (before.length === 0 || after.length === 0) return undefined
  if (before.length > MOST_WORDS || after.length > MOST_WORDS) return undefined
  const [from, to] = [before, after].map((words) => joined(words.map(({ word }) => bareWord(word))).trim())
  if (!from || !to || from.toLowerCase() === to.toLowerCase()) return undefined
  return { from: from.toLowerCase(), to, heard: before.map(comparableOf).join(' ') }
}

const wordsOf = (segments: readonly Segment[]): Word[] => segments.flatMap(({ words = [] }) => words)
const keyOf = (word: Word): string => `${word.start} ${comparableOf(word)}`
const comparableOf = ({ word }: Word): string => bareWord(word).toLowerCase()
