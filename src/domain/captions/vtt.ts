import type { CaptionSegment } from '../../ports/fetcher.ts'

/** `01:02:03.450`, `02:03.450`, and SubRip's comma. */
const TIME = String.raw`(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})`
const TIMING = new RegExp(`^\\s*${TIME}\\s*-->\\s*${TIME}`)

/**
 * The cues of a WebVTT or SubRip file: blocks apart by blank lines, each with a line of times; what stands
 * before that line is a number or a name, and blocks without one (headers, notes, styles) are no cues.
 */
export function parseCues(text: string): CaptionSegment[] {
  const blocks = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
  return blocks.flatMap((block) => {
    const lines = block.split('\n')
    const timing = lines.findIndex((line) => TIMING.test(line))
    if (timing < 0 || /^(NOTE|STYLE|REGION)\b/.test(lines.find((line) => line.trim() !== '') ?? '')) return []
    const match = TIMING.exec(lines[timing]!)!
    const [start, end] = [seconds(match.slice(1, 5)), seconds(match.slice(5, 9))]
    return end < start ? [] : [{ start, end, text: lines.slice(timing + 1).join('\n') }]
  })
}

const seconds = ([hours, minutes, whole, fraction]: (string | undefined)[]): number =>
  Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(whole) + Number(fraction!.padEnd(3, '0')) / 1000
