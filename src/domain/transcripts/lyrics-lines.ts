import type { Transcript, Word } from '../../ports/transcript.ts'

/** A stretch of words between two breaths. */
export interface Line {
  text: string
  words: number
  start: number
  end: number
  /** The times are of words; otherwise they are those of a longer segment, and rough. */
  timed: boolean
}

/** A pause of so many seconds ends a line. */
const BREATH = 0.3

/** The lines of a transcript: at pauses where words have times, else its segments. */
export const linesOf = ({ segments }: Transcript): Line[] =>
  segments.some((s) => s.words?.length)
    ? byBreath(segments.flatMap((s) => s.words ?? []))
    : segments.map((s) => ({ ...s, words: count(s.text), timed: false }))

function byBreath(words: readonly Word[]): Line[] {
  const lines: Line[] = []
  for (const { word, start, end } of words) {
    const last = lines.at(-1)
    if (last && start - last.end < BREATH) {
      last.text += ` ${word}`
      last.words += 1
      last.end = Math.max(last.end, end)
    } else lines.push({ text: word, words: 1, start, end, timed: true })
  }
  return lines
}

const count = (text: string): number => text.split(/\s+/).filter(Boolean).length
