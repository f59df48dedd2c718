import { decodeEntities } from './entities.ts'
import type { CaptionFormat } from './tracks.ts'

/**
 * What caption files mark up with. Whatever else stands between `<` and `>` was said or shown, and stays:
 * `List<String>`, `a <b and c> d`. So a tag is one of these names with nothing after it, with HTML's
 * attributes, or with what WebVTT puts there (classes, the name of a voice, a language).
 */
const NAMES =
  'b|i|u|s|em|strong|font|span|p|div|br|c|v|lang|ruby|rb|rt|rp|rtc|sub|sup|small|big|strike|body|sync'
const ATTRIBUTES = String.raw`(?:\s{1,8}[\w:-]{1,40}\s{0,4}=\s{0,4}(?:"[^"<>]{0,300}"|'[^'<>]{0,300}'|[^\s"'<>]{1,300})){1,8}`
const HTML_TAG = String.raw`<\/?(?:${NAMES})(?:${ATTRIBUTES})?\s{0,4}\/?>`
const CLOCK = String.raw`<(?:\d{1,4}:)?\d{1,2}:\d{1,2}[.,]\d{1,6}>`
const CLASSES = String.raw`<(?:c|v|b|i|u|lang|ruby|rt)(?:\.[^\s<>.]{1,80}){1,8}(?:\s[^<>]{0,300})?>`
const NAMED = String.raw`<(?:v|lang)\s[^<>]{0,300}>`
const TAGS = {
  srt: new RegExp(`${HTML_TAG}|${CLOCK}`, 'gi'),
  vtt: new RegExp(`${HTML_TAG}|${CLOCK}|${CLASSES}|${NAMED}`, 'gi'),
}

/** SubStation's, which converters leave in SubRip: `{\an8}`, `{\pos(1,2)\b1}`, and drawings. */
const OVERRIDE = /\{\\[^{}]{0,400}\}/g
const DRAWING = /\{[^{}]{0,200}\\p[1-9][^{}]{0,200}\}[^{}]{0,4000}(?:\{[^{}]{0,200}\\p0[^{}]{0,200}\}|$)/g
/** Its line breaks and hard space; after a colon it rather is a path, `C:\New`. */
const BREAK = /(?<!:)\\[Nn]/g
const SPACE = /(?<!:)\\h/g

/** The lines of a cue as they are read: without tags, entities and readings of characters, spaces single. */
export function readableLines(format: CaptionFormat, text: string): string[] {
  return (format === 'json3' ? decodeEntities(text) : withoutMarkup(format, text))
    .split('\n')
    .map(trimmed)
    .filter(Boolean)
}

function withoutMarkup(format: 'srt' | 'vtt', text: string): string {
  const plain =
    format === 'srt'
      ? text.replace(DRAWING, '').replace(OVERRIDE, '').replace(BREAK, '\n').replace(SPACE, ' ')
      : text.replace(OVERRIDE, '')
  // Markup that was escaped on its way is markup still: `&lt;i&gt;softly&lt;/i&gt;`.
  return withoutTags(TAGS[format], decodeEntities(withoutTags(TAGS[format], plain)))
}

/** Of a ruby, what is read over the characters goes with its tags: 漢字, not 漢かん字じ. */
function withoutTags(tags: RegExp, text: string): string {
  if (!text.includes('<')) return text
  let kept = ''
  let at = 0
  let reading = false
  for (const match of text.matchAll(tags)) {
    if (!reading) kept += text.slice(at, match.index)
    at = match.index + match[0].length
    const name = /^<(\/?[a-z]+)/i.exec(match[0])?.[1]?.toLowerCase()
    if (name === 'rt' || name === 'rp') reading = true
    else if (name === '/rt' || name === '/rp' || name === '/ruby' || name === 'rb') reading = false
    else if (name === 'br' || name === 'p') kept += '\n'
  }
  return reading ? kept : kept + text.slice(at)
}

/**
 * Zero-width spaces are padding; the joiners U+200C and U+200D are letters' business (Persian, Hindi, emoji) and
 * stay, but for those that join nothing. Marks of direction are for a display.
 */
const trimmed = (line: string): string =>
  line
    .replace(/[\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/(^| )[\u200C\u200D]{1,20}/g, '$1')
    .trim()
