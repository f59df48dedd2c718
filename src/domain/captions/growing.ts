export interface CaptionLines {
  start: number
  end: number
  /** Readable, none empty. */
  lines: string[]
}

/** Seconds: what grows is shown again at once. */
const GAP = 0.05

/**
 * Live captions show a line while it is written: "hello", "hello world", "hello world again". Such a run is one
 * cue, its last, for all of its time.
 */
export function ungrown(cues: readonly CaptionLines[]): CaptionLines[] {
  const kept: CaptionLines[] = []
  for (let at = 0; at < cues.length; ) {
    const run = runFrom(cues, at)
    const last = cues[at + run - 1]!
    const end = Math.max(...cues.slice(at, at + run).map((cue) => cue.end))
    kept.push(run > 1 ? { start: cues[at]!.start, end, lines: last.lines } : last)
    at += run
  }
  return kept
}

/** How many cues from here on are one that grows. Of two only, the second may be an answer: "No." – "No. Never." */
function runFrom(cues: readonly CaptionLines[], at: number): number {
  let run = 1
  while (at + run < cues.length && grows(cues[at + run - 1]!, cues[at + run]!)) run++
  if (run !== 2) return run
  const [first, second] = [textOf(cues[at]!), textOf(cues[at + 1]!)]
  const isWord = second[first.length] === ' '
  return isWord && !/[.!?…。！？]["'”’»)]*$/u.test(first.slice(-8)) ? 2 : 1
}

function grows(before: CaptionLines, cue: CaptionLines): boolean {
  // A whole line more is no line that grows, but the next one.
  if (cue.start > before.end + GAP || before.lines.every((line, k) => line === cue.lines[k])) return false
  const [was, is] = [textOf(before), textOf(cue)]
  return is.length > was.length && is.startsWith(was)
}

/** A line break may come where a space was, as what grows is wrapped anew. */
const textOf = (cue: CaptionLines): string => cue.lines.join(' ')
