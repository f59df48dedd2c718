import type { CaptionSegment } from '../../ports/fetcher.ts'
import { joined, runsOn } from '../transcripts/join-text.ts'
import { type CaptionLines, ungrown } from './growing.ts'

/**
 * Cues as they were spoken: in order, those without text dropped, and what a display repeats (a rolling one shows
 * the line before again with each cue, a live one each line while it grows) said once.
 * @param rolls whether the file says that a line stays up while the next is spoken
 */
export function cleanCaptions(segments: readonly CaptionLines[], rolls = false): CaptionSegment[] {
  const cues = segments.filter(({ lines }) => lines.length > 0).sort((a, b) => a.start - b.start)
  const cleaned: CaptionSegment[] = []
  let shown: CaptionLines | undefined
  for (const cue of ungrown(cues)) {
    const last = cleaned.at(-1)
    const fresh = last && shown && cue.start <= last.end + ROLL_GAP ? freshOf(shown, cue) : null
    shown = cue
    if (last && fresh?.length === 0) {
      if (last.text === asOne(cue.lines)) last.end = Math.max(last.end, cue.end)
      continue
    }
    // A line that stays on the screen while the next is spoken was said before that.
    if (last && (rolls || fresh) && last.end > cue.start && cue.start > last.start) last.end = cue.start
    cleaned.push({ start: cue.start, end: Math.max(cue.start, cue.end), text: asOne(fresh ?? cue.lines) })
  }
  return cleaned
}

/** Seconds: rolling cues follow each other without a pause. */
const ROLL_GAP = 0.05
/** Seconds in which nobody says anything anew. */
const INSTANT = 0.05
/** Characters that are hardly said twice in a row, word by word. */
const LONG = 16

/** The lines of a cue that were not shown by the one before it; null: it repeats nothing. */
function freshOf(shown: CaptionLines, cue: CaptionLines): string[] | null {
  const n = overlap(shown.lines, cue.lines)
  if (n === 0) return grownLine(shown.lines, cue.lines)
  const whole = n === cue.lines.length && n === shown.lines.length
  return whole && saidAgain(shown, cue) ? null : cue.lines.slice(n)
}

/** "No." after "No." is an answer, unless it lasts no time, or stands there while the first still does. */
const saidAgain = (shown: CaptionLines, cue: CaptionLines): boolean =>
  cue.end - cue.start > INSTANT &&
  cue.start > shown.start &&
  cue.start >= shown.end - INSTANT &&
  cue.lines.length === 1 &&
  cue.lines[0]!.length < LONG

/** How many of the first lines are the last ones of what is on the screen. */
function overlap(shown: readonly string[], lines: readonly string[]): number {
  for (let n = Math.min(shown.length, lines.length); n > 0; n--) {
    if (lines.slice(0, n).every((line, i) => line === shown[shown.length - n + i])) return n
  }
  return 0
}

/** The last line of two, which rolled up and at the same time went on. */
function grownLine(shown: readonly string[], lines: readonly string[]): string[] | null {
  const last = shown.at(-1)
  const first = lines[0]
  if (!last || !first || shown.length + lines.length < 3 || !first.startsWith(`${last} `)) return null
  return [first.slice(last.length).trim(), ...lines.slice(1)]
}

const asOne = (lines: readonly string[]): string => joined(lines, (left, right) => !runsOn(left, right))
