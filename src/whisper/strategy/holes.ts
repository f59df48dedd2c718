/** Words that hold more speech than they can be: between them and the next one, something was not written down. */

import type { Timed } from '../alignment/snap.ts'
import { type Run, speechIn } from '../alignment/speech-runs.ts'

/** Speech that any word may hold, seconds: a breath, a drawn-out vowel. */
const ANY_WORD = 0.7
/** What each letter of it may hold on top, seconds. */
const EACH_LETTER = 0.11
/** Sound around the speech that is listened to again, seconds. */
const AROUND = 0.2
/** A window takes no more, seconds. */
const LONGEST = 27

export interface Spoken extends Timed {
  word: string
}

/** How much speech a word can be, seconds. */
export const mostSpeech = (word: string): number => ANY_WORD + EACH_LETTER * word.length

/**
 * Spans to listen to again: all runs of speech that a word touches which holds too much. Joined where they meet.
 * @param fine where there is speech, to measure
 * @param coarse where there is speech, in larger runs, to cut at
 */
export function holes(
  words: readonly Spoken[],
  fine: readonly Run[],
  coarse: readonly Run[],
  length: number,
): Run[] {
  const spans: Run[] = []
  words.forEach(({ word, start }, i) => {
    const next = words[i + 1]?.start ?? length
    if (speechIn(fine, start, next) <= mostSpeech(word)) return
    const touched = coarse.filter((run) => run.end > start && run.start < next)
    if (touched.length === 0) return
    const span = {
      start: Math.max(0, touched[0]!.start - AROUND),
      end: Math.min(length, touched.at(-1)!.end + AROUND),
    }
    const last = spans.at(-1)
    if (last && span.start <= last.end + 0.1) last.end = Math.max(last.end, span.end)
    else spans.push(span)
  })
  return spans.filter(({ start, end }) => end - start <= LONGEST)
}

/** Words that begin in a span, by their place in the list: [from, to). */
export function wordsIn(words: readonly Timed[], { start, end }: Run): [from: number, to: number] {
  const inside = (word: Timed): boolean => word.start >= start - 0.05 && word.start < end
  const from = words.findIndex(inside)
  if (from < 0) {
    const at = words.findIndex((word) => word.start >= end)
    return at < 0 ? [words.length, words.length] : [at, at]
  }
  return [from, words.findLastIndex(inside) + 1]
}

export const letters = (words: readonly Spoken[]): number =>
  words.reduce((sum, { word }) => sum + word.length, 0)

/** Speech that no word can be: what is still too much after everything was tried. */
export function unclear(words: readonly Spoken[], fine: readonly Run[], length: number): Run[] {
  if (words.length === 0) return fine.map((run) => ({ ...run }))
  return words.flatMap(({ word, start }, i) => {
    const next = words[i + 1]?.start ?? length
    const held = fine.filter((run) => run.end > start && run.start < next)
    if (speechIn(held, start, next) <= mostSpeech(word)) return []
    let left = mostSpeech(word)
    return held.flatMap((run) => {
      const from = Math.max(run.start, start)
      const to = Math.min(run.end, next)
      const covered = Math.min(left, to - from)
      left -= covered
      return to - from - covered > 0.01 ? [{ start: from + covered, end: to }] : []
    })
  })
}
