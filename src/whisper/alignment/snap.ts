import type { Run } from './speech-runs.ts'

export interface Timed {
  start: number
  end: number
}

/** What of a run before a pause counts as the end of the word before, seconds. */
const TAIL = 0.12
/** How late after an onset a word may begin and still be drawn back to it, seconds. */
const LATE = 0.12
/** No word is shorter, seconds. */
const SHORTEST = 0.02

/**
 * Draws times of words to where speech begins and ends. Attention gives a pause to the word after it, so a word that
 * begins in silence begins at the first onset within it, and one that ends in silence ends where the speech did.
 *
 * On five minutes of prompts the median error of starts falls from 350 to 12 ms. The borders come from the voice
 * detector: those of a level made it 376 ms in noise.
 * @returns the same words in order: starts never fall, each ends after its start and no later than the next begins
 */
export function snapped<Word extends Timed>(
  words: readonly Word[],
  runs: readonly Run[],
  length: number,
): Word[] {
  const starts = words.map((word, i) => startOf(word, words[i + 1]?.start ?? length, runs))
  for (let i = 1; i < starts.length; i++) starts[i] = Math.max(starts[i]!, starts[i - 1]! + SHORTEST)
  for (let i = starts.length - 1, limit = length; i >= 0; i--) {
    limit -= SHORTEST
    starts[i] = Math.max(0, Math.min(starts[i]!, limit))
    limit = starts[i]!
  }
  return words.map((word, i) => {
    const start = starts[i]!
    const next = starts[i + 1] ?? length
    return { ...word, start, end: endOf(start, Math.min(Math.max(word.end, start), next), next, runs) }
  })
}

function startOf(word: Timed, next: number, runs: readonly Run[]): number {
  const { start } = word
  const inside = runs.find((run) => run.start <= start && start < run.end)
  const onset = runs.find((run) => run.start > start && run.start < next)?.start
  if (!inside) return onset ?? start
  if (inside.end - start < TAIL && onset !== undefined && inside.end < next) return onset
  const before = runs[runs.indexOf(inside) - 1]
  const isFirst = start - inside.start < LATE && (!before || inside.start - before.end > 0)
  return isFirst ? inside.start : start
}

/** @param end where attention had it, no later than `next` */
function endOf(start: number, end: number, next: number, runs: readonly Run[]): number {
  const least = Math.min(start + SHORTEST, next)
  const last = runs.findLast((run) => run.start < Math.max(end, least))
  if (!last || last.end <= start) return Math.max(least, end)
  // The next word begins at this very onset: the word ended in the run before.
  if (last.start > start && next - last.start < SHORTEST) {
    const before = runs.findLast((run) => run.end <= last.start)
    if (before && before.end > start) return Math.max(least, Math.min(next, before.end))
  }
  return Math.max(least, Math.min(end, last.end))
}
