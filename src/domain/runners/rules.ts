import type { PartResult } from '../../contract/runner.ts'

/** What engines round a time up by. Seconds. */
const TOLERANCE = 0.5
/** More than anybody says: characters, and characters a second. */
const MOST_TEXT = { atOnce: 2000, aSecond: 100 }

interface Timed {
  start: number
  end: number
}

/**
 * What is wrong with a runner's result; undefined: it may be what there was to hear in a part of this length. Machines
 * that are not ours may be mistaken, or lie: nothing that they say may spoil the parts of others.
 */
export function faultOf(result: PartResult, seconds: number): string | undefined {
  const most = MOST_TEXT.atOnce + MOST_TEXT.aSecond * seconds
  const texts = [result.text, ...(result.words ?? []).map(({ word }) => word)]
  if (lengthOf(texts) > 2 * most || lengthOf((result.segments ?? []).map(({ text }) => text)) > most)
    return 'there is more text than anybody says in that time'
  for (const [what, list] of Object.entries(timesOf(result))) {
    const fault = timeFault(list, seconds)
    if (fault) return `${what}: ${fault}`
  }
  return undefined
}

const timesOf = ({ words, segments, unclear }: PartResult): Record<string, readonly Timed[]> => ({
  words: words ?? [],
  segments: segments ?? [],
  unclear: unclear ?? [],
})

function timeFault(list: readonly Timed[], seconds: number): string | undefined {
  let last = 0
  for (const { start, end } of list) {
    if (end < start) return 'one ends before it starts'
    if (start < last) return 'they are not in order'
    if (end > seconds + TOLERANCE) return 'one lies past the end of the part'
    last = start
  }
  return undefined
}

const lengthOf = (texts: readonly string[]): number => texts.reduce((sum, { length }) => sum + length, 0)
