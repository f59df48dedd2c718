/** When captions come and go. */
import { CLOSED_GAP, GAP, LINGER, LONGEST, OVERLAP, READ, SHORTEST, SHORTEST_ROOM } from './cue-limits.ts'
import { width } from './pieces.ts'

/** What one speaker says in a caption. */
export interface Voice {
  speaker?: string
  /** As it is shown before the text, or empty. */
  label: string
  lines: string[]
}

export interface Cue {
  start: number
  end: number
  /** Two where two speak at once, each with a line. */
  voices: Voice[]
}

/**
 * Two that come so close that the first could not be read are one: lines of one speaker, or a line each of two.
 * @param drafts in the order of their times
 * @param most lines at a time
 */
export function together(drafts: readonly Cue[], most: number): Cue[] {
  const kept: Cue[] = []
  for (const draft of drafts) {
    const last = kept.at(-1)
    const both = last && draft.start - last.start < SHORTEST_ROOM ? shared(last, draft, most) : null
    if (both) kept[kept.length - 1] = both
    else kept.push(draft)
  }
  return kept
}

function shared(a: Cue, b: Cue, most: number): Cue | null {
  const lines = [...a.voices, ...b.voices].flatMap((voice) => voice.lines)
  const end = Math.max(a.end, b.end)
  if (lines.length > most || end - a.start > LONGEST) return null
  const [first, second] = [a.voices[0]!, b.voices[0]!]
  const one = first.speaker !== undefined && first.speaker === second.speaker
  return { start: a.start, end, voices: one ? [{ ...first, lines }] : [first, second] }
}

/** One after the other, with a gap between, each as long as it takes to read it if there is time. */
export function placed(drafts: readonly Cue[]): Cue[] {
  let free = 0
  return drafts.map((draft, k) => {
    const start = Math.max(draft.start, free)
    const end = endOf({ ...draft, start }, drafts[k + 1])
    free = end + GAP
    return { start, end, voices: draft.voices }
  })
}

function endOf(draft: Cue, next: Cue | undefined): number {
  const { start, end, voices } = draft
  const least = start + SHORTEST
  const read = Math.min(start + size(voices) / READ, end + LINGER)
  const wanted = Math.min(Math.max(end, read, least), start + LONGEST)
  if (!next) return wanted
  const latest = next.start - GAP
  if (latest >= wanted) return latest - wanted < CLOSED_GAP ? Math.min(latest, start + LONGEST) : wanted
  // Who speaks at the same time waits until the first is read: each has a share of the time of both.
  const atOnce = end - next.start > OVERLAP
  const share = (Math.max(end, next.end) - start) * (size(voices) / (size(voices) + size(next.voices)))
  return Math.max(Math.min(wanted, atOnce ? Math.max(latest, start + share) : latest), least)
}

const size = (voices: readonly Voice[]): number =>
  voices.reduce(
    (sum, { label, lines }) => sum + width(label) + lines.reduce((n, line) => n + width(line), 0),
    0,
  )
