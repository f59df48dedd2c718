import type { Segment } from '../../ports/transcript.ts'
import { searchWords } from './search-words.ts'

export interface Hit {
  start: number
  end: number
  snippet: string
  /** Where the words lie in the snippet: [from, to) in UTF-16 units. */
  marks: [number, number][]
}

export interface Hits {
  hits: Hit[]
  /** Segments with a hit, over all. */
  hitCount: number
}

/** Characters before the first mark, and in all. */
const LEAD = 40
const LENGTH = 200

/**
 * Where words occur, in the order of the times.
 * @param words of the question, of which the last may be a beginning
 */
export function findHits(segments: readonly Segment[], words: readonly string[], most: number): Hits {
  const last = words.at(-1) ?? ''
  const whole = new Set(words)
  const found = segments.flatMap((segment) => {
    const marks = searchWords(segment.text).filter(
      ({ word }) => whole.has(word) || (last !== '' && word.startsWith(last)),
    )
    return marks.length > 0 ? [{ segment, marks: joined(marks.map(({ from, to }) => [from, to])) }] : []
  })
  return {
    hitCount: found.length,
    hits: found.slice(0, most).map(({ segment, marks }) => hitOf(segment, marks)),
  }
}

function hitOf({ start, end, text }: Segment, marks: [number, number][]): Hit {
  const first = marks[0]![0]
  const from = text.length <= LENGTH || first <= LEAD ? 0 : text.lastIndexOf(' ', first - LEAD) + 1
  const space = text.indexOf(' ', from + LENGTH)
  const to = text.length - from <= LENGTH || space < 0 ? text.length : space
  return {
    start,
    end,
    snippet: text.slice(from, to),
    marks: marks.filter(([, e]) => e <= to).map(([s, e]) => [s - from, e - from]),
  }
}

/** Neighbouring pairs of characters overlap: they become one mark. */
function joined(marks: [number, number][]): [number, number][] {
  const result: [number, number][] = []
  for (const [from, to] of marks) {
    const last = result.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}
