import type { CaptionSegment } from '../../ports/fetcher.ts'
import { decodeEntities } from './entities.ts'

/** WebVTT's and SubRip's tags (`<c.yellow>`, `<00:01.200>`, `<i>`, `<font …>`) and SubStation's `{\an8}`. */
const TAGS = /<\/?[a-z\d][^<>]*>|\{\\[^{}]*\}/gi

/**
 * Readable text: tags and entities gone, spaces single, empty segments dropped, and what a rolling display
 * repeats (each cue shows the line before it again) said once.
 */
export function cleanCaptions(segments: readonly CaptionSegment[]): CaptionSegment[] {
  const cues = segments
    .map((each) => ({ ...each, lines: each.text.split('\n').map(cleanLine).filter(Boolean) }))
    .filter(({ lines }) => lines.length > 0)
    .sort((a, b) => a.start - b.start)
  const cleaned: CaptionSegment[] = []
  let shown: string[] = []
  for (const { start, end, lines } of cues) {
    const last = cleaned.at(-1)
    const repeated = last !== undefined && start <= last.end + ROLL_GAP ? overlap(shown, lines) : 0
    const fresh = lines.slice(repeated)
    shown = lines
    if (fresh.length > 0) {
      // A line that stays on the screen while the next is spoken was said before that.
      if (last && last.end > start) last.end = Math.max(last.start, start)
      cleaned.push({ start, end: Math.max(start, end), text: fresh.join(' ') })
    } else if (last && repeated > 0 && lines.length === 1 && last.text === lines[0]) {
      last.end = Math.max(last.end, end)
    }
  }
  return cleaned
}

/** Seconds: rolling cues follow each other without a pause. */
const ROLL_GAP = 0.05

/** How many of the first lines are the last ones of what is on the screen. */
function overlap(shown: readonly string[], lines: readonly string[]): number {
  for (let n = Math.min(shown.length, lines.length); n > 0; n--) {
    if (lines.slice(0, n).every((line, i) => line === shown[shown.length - n + i])) return n
  }
  return 0
}

const cleanLine = (line: string): string =>
  decodeEntities(line.replace(TAGS, ''))
    .replace(/[\u200B-\u200F\u2060\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
