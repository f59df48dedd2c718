import type { CaptionSegment } from '../../ports/fetcher.ts'

/** `01:02:03.450`, `02:03.450`, and SubRip's comma. */
const TIME = String.raw`(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})`
const TIMING = new RegExp(`^\\s*${TIME}\\s*-->\\s*${TIME}`)

/** Blocks of WebVTT that are no cues, up to the next empty line. */
const ASIDE = /^(NOTE|STYLE|REGION)\b/

/**
 * The cues of a WebVTT or SubRip file: a line of times, and the text after it as far as an empty line or the
 * next cue. A line of mere spaces does not end a cue: YouTube fills the upper of its two lines with one.
 */
export function parseCues(text: string): CaptionSegment[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
  const cues: CaptionSegment[] = []
  for (let at = 0; at < lines.length; at++) {
    if (ASIDE.test(lines[at]!) && isBlank(lines[at - 1])) at = endOf(lines, at)
    const match = TIMING.exec(lines[at] ?? '')
    if (!match) continue
    const end = endOf(lines, at)
    const [from, to] = [seconds(match.slice(1, 5)), seconds(match.slice(5, 9))]
    if (to >= from) cues.push({ start: from, end: to, text: lines.slice(at + 1, end).join('\n') })
    at = end - 1
  }
  return cues
}

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === ''

/** Where the block that begins at `from` ends: at an empty line, or at the number or the times of another cue. */
function endOf(lines: readonly string[], from: number): number {
  for (let at = from + 1; at < lines.length; at++) {
    if (lines[at] === '' || TIMING.test(lines[at]!)) return at
    if (isBlank(lines[at - 1]) && at - 1 > from && TIMING.test(lines[at + 1] ?? '')) return at
  }
  return lines.length
}

const seconds = ([hours, minutes, whole, fraction]: (string | undefined)[]): number =>
  Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(whole) + Number(fraction!.padEnd(3, '0')) / 1000
