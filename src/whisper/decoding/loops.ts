import type { Ending } from './decoder.ts'

/** Longest phrase, in tokens, whose repetition is looked for. */
const LONGEST_PHRASE = 12
/** Before so many tokens nothing is called a loop: "no, no, no" is said. */
const EARLIEST = 12

/** How often a phrase of so many tokens must stand at the end, in a row, to be a loop. */
const timesFor = (length: number): number => (length > 3 ? 3 : 4)

/** Why a text ends that has not said so itself; undefined: it goes on. @param limit tokens that it may have */
export function endingOf(tokens: readonly number[], limit: number): Exclude<Ending, 'end'> | undefined {
  if (isLooping(tokens)) return 'loop'
  return tokens.length >= limit ? 'limit' : undefined
}

/** Whether the end of the text goes round in circles. */
export function isLooping(tokens: readonly number[]): boolean {
  if (tokens.length < EARLIEST) return false
  for (let length = 1; length <= LONGEST_PHRASE; length++) {
    if (repeats(tokens, length, timesFor(length))) return true
  }
  return false
}

function repeats(tokens: readonly number[], length: number, times: number): boolean {
  const end = tokens.length
  if (length * times > end) return false
  for (let i = end - length * (times - 1) - 1; i >= end - length * times; i--) {
    for (let again = 1; again < times; again++) if (tokens[i] !== tokens[i + again * length]) return false
  }
  return true
}
