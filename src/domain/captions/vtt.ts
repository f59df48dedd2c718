import type { CaptionSegment } from '../../ports/fetcher.ts'

/**
 * `01:02:03.450`, `02:03.450`, SubRip's comma, and what people and programs write for them: no fraction, one of
 * any length, a colon before it, spaces around colons, a minus.
 */
const TIME = String.raw`(-\s?)?(?:(\d{1,5})\s?:\s?)?(\d{1,3})\s?:\s?(\d{1,2})(?:\s?[.,:;·´’']\s?(\d{1,9}))?`
/** An arrow, or what a word processor or a careless hand makes of it. */
const ARROW = String.raw`(?:(?:[-–—−=]\s?){0,3}(?:>{1,2}|›|&gt;)|[→⟶➔➝➜➞➡⇒⟹]\uFE0F?)`
const TIMING = new RegExp(String.raw`^\s{0,20}${TIME}\s{0,8}${ARROW}\s{0,8}${TIME}(?=\s|$)`)
/** A mere dash between two times may be said ("9:30 – 10:15"); between two with all their digits it is not. */
const FULL = String.raw`\d{2}:\d{2}:\d{2}[.,]\d{3}`
const DASHED = new RegExp(String.raw`^\s{0,20}${FULL}\s{0,8}[-–—−]{1,3}\s{0,8}${FULL}\s{0,20}$`)

/** The times of SubViewer, which YouTube takes and gives its makers (`.sbv`): `0:00:01.000,0:00:02.500`. */
const SUB_VIEWER = /^(\s{0,20}\d{1,2}:\d{2}:\d{2}\.\d{2,3}),(\d{1,2}:\d{2}:\d{2}\.\d{2,3}\s{0,20})$/

/** Times with dots throughout, from word processors or by local custom. Two digits each, so that versions do not match. */
const POINTED = /(\d{2})[.](\d{2})[.](\d{2}(?:[.,:]\d{3})?)(?=\s|[-–—−=>→]|$)/g

/** Full-width digits and signs, as written with East Asian keyboards. */
const FULL_WIDTH = /[！-～]/g
/** Arabic and Persian digits. */
const ARABIC = /[٠-٩۰-۹]/g
/** Invisible characters: direction marks and padding. */
const UNSEEN = /[\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g

/** Blocks of WebVTT that are no cues, up to the next empty line. */
const ASIDE = /^(NOTE|STYLE|REGION)\b/
const NUMBER = /^\s{0,20}[#№]?(\d{1,9})[.):]?\s{0,20}$/
/** Line ends of any system; a file that was converted twice has two carriage returns before each line feed. */
const LINE_END = /\r{0,2}\n|[\r\u0085\u2028\u2029]/g

/**
 * The cues of a WebVTT or SubRip file: a line of times, and the text after it as far as an empty line or the
 * next cue. A line of mere spaces does not end a cue: YouTube fills the upper of its two lines with one.
 */
export function parseCues(text: string): CaptionSegment[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(LINE_END, '\n')
    .split('\n')
  const vtt = /^\s{0,20}WEBVTT/.test(lines.find((line) => !isBlank(line)) ?? '')
  const cues: CaptionSegment[] = []
  let stray: string[] = []
  for (let at = 0; at < lines.length; at++) {
    if (vtt && ASIDE.test(lines[at]!) && isBlank(lines[at - 1])) at = endOf(lines, at)
    const times = timesOf(lines[at] ?? '')
    if (!times) {
      stray.push(lines[at] ?? '')
      continue
    }
    // What follows an empty line in SubRip, and has no times of its own, still belongs to the cue before.
    if (!vtt && cues.length > 0) cues[cues.length - 1]!.text += rest(stray)
    stray = []
    const end = endOf(lines, at)
    cues.push({ ...times, text: lines.slice(at + 1, end).join('\n') })
    at = end - 1
  }
  if (!vtt && cues.length > 0) cues[cues.length - 1]!.text += rest(stray)
  return cues
}

/** The last line before a cue is its number, if it is one. */
const rest = (stray: readonly string[]): string => {
  const last = stray.findLastIndex((line) => !isBlank(line))
  const said = last >= 0 && NUMBER.test(stray[last]!) ? stray.slice(0, last) : stray
  return said.map((line) => `\n${line}`).join('')
}

function numberIn(line: string | undefined): number | null {
  const digits = NUMBER.exec(line ?? '')?.[1]
  return digits === undefined ? null : Number(digits)
}

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === ''
const isTiming = (line: string | undefined): boolean => line !== undefined && timesOf(line) !== null

/** Where the block that begins at `from` ends: at an empty line, or at the number or the times of another cue. */
function endOf(lines: readonly string[], from: number): number {
  const number = numberIn(lines[from - 1])
  for (let at = from + 1; at < lines.length; at++) {
    if (lines[at] === '' || isTiming(lines[at])) return at
    if (at - 1 > from && isBlank(lines[at - 1]) && isTiming(lines[at + 1])) return at
    // Without an empty line between, the next number is told from a text of digits by its counting on.
    if (number !== null && isTiming(lines[at + 1]) && numberIn(lines[at]) === number + 1) return at
  }
  return lines.length
}

/** A cue that ends before it begins is none the longer for it, but what it says was said. */
function timesOf(line: string): { start: number; end: number } | null {
  // Most lines are text: the digit and the colon tell at once.
  if (line.length > 400 || !/[\d０-９٠-٩۰-۹]\s?[:：.．]/.test(line)) return null
  const plain = line
    .replace(UNSEEN, '')
    .replace(FULL_WIDTH, halfWidth)
    .replace(ARABIC, european)
    .replace(SUB_VIEWER, '$1 --> $2')
    .replace(POINTED, '$1:$2:$3')
  const match = TIMING.exec(DASHED.test(plain) ? plain.replace(/[-–—−]{1,3}/, '-->') : plain)
  if (!match) return null
  const start = seconds(match.slice(1, 6))
  return { start, end: Math.max(start, seconds(match.slice(6, 11))) }
}

const european = (digit: string): string => String(digit.charCodeAt(0) & 15)
const halfWidth = (sign: string): string => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)

function seconds([minus, hours, minutes, whole, fraction]: (string | undefined)[]): number {
  if (minus) return 0
  const ms = Math.round(Number(`0.${fraction ?? 0}`) * 1000)
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(whole) + ms / 1000
}
