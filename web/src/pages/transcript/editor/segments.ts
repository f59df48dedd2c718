/** What can be done to a list of segments. Nothing is changed in place: what stays the same is the same object. */
import type { SegmentReply } from '../../../../../src/contract/native.ts'
import { finder, type Search } from './find.ts'
import { milliseconds, placeWords, retimeWords, type Word } from './words.ts'

export interface Segment extends SegmentReply {
  /** Stays with the segment while its number in the list changes. */
  key: number
}

export type Segments = readonly Segment[]

export const keyed = (segments: readonly SegmentReply[]): Segment[] =>
  segments.map((segment, key) => ({ ...segment, key }))

export const unkeyed = (segments: Segments): SegmentReply[] =>
  segments.map(({ key: _, text, ...segment }) => ({ ...segment, text: text.trim() }))

export function setText(segments: Segments, at: number, text: string): Segments {
  return change(segments, at, (segment) => withText(segment, text))
}

/** Times that would fall behind the neighbours’ are moved up to them. */
export function setTimes(segments: Segments, at: number, times: { start: number; end: number }): Segments {
  return change(segments, at, (segment) => {
    const start = clamp(milliseconds(times.start), segments[at - 1]?.start ?? 0, segments[at + 1]?.start)
    const end = Math.max(start, milliseconds(times.end))
    if (start === segment.start && end === segment.end) return segment
    const words = segment.words?.map((word) => ({
      ...word,
      start: clamp(word.start, start, end),
      end: clamp(word.end, start, end),
    }))
    return { ...segment, start, end, ...(words && { words }) }
  })
}

/**
 * Into two, at a place between words near `offset` in the text. The same list where a part would be empty.
 * @param key of the second part
 */
export function split(
  segments: Segments,
  at: number,
  offset: number,
  key = 1 + segments.reduce((highest, each) => Math.max(highest, each.key), 0),
): Segments {
  const segment = segments[at]
  if (!segment) return segments
  const cut = cutNear(segment.text, offset)
  const texts = [segment.text.slice(0, cut), segment.text.slice(cut)] as const
  if (texts.some((text) => text.trim() === '')) return segments
  const [left, right] = shareWords(segment, cut)
  const { start, end, words, ...rest } = segment
  const fallback = milliseconds(start + ((end - start) * cut) / segment.text.length)
  const next = segments[at + 1]?.start ?? Number.POSITIVE_INFINITY
  const begins = clamp(
    right[0]?.start ?? left.at(-1)?.end ?? fallback,
    start,
    Math.max(start, Math.min(end, next)),
  )
  const ends = clamp(left.at(-1)?.end ?? begins, start, end)
  return segments.toSpliced(
    at,
    1,
    { ...rest, start, end: ends, text: texts[0], ...(words && { words: left }) },
    { ...rest, start: begins, end, text: texts[1], key, ...(words && { words: right }) },
  )
}

/** With the one that follows. */
export function merge(segments: Segments, at: number): Segments {
  const [first, second] = [segments[at], segments[at + 1]]
  if (!first || !second) return segments
  const words = first.words || second.words ? [...(first.words ?? []), ...(second.words ?? [])] : undefined
  const speaker = first.speaker ?? second.speaker
  const merged = {
    ...first,
    end: Math.max(first.end, second.end),
    text: first.text + between(first.text, second.text) + second.text,
    ...(words && { words }),
    ...(speaker !== undefined && { speaker }),
  }
  return segments.toSpliced(at, 2, merged)
}

export const remove = (segments: Segments, at: number): Segments =>
  segments[at] ? segments.toSpliced(at, 1) : segments

/** Who speaks in one segment; empty: nobody knows. */
export function setSpeaker(segments: Segments, at: number, speaker: string): Segments {
  return change(segments, at, (segment) => withSpeaker(segment, speaker))
}

/** Everywhere. A name that another has already makes one of the two. */
export const renameSpeaker = (segments: Segments, from: string, to: string): Segments =>
  mapped(segments, (segment) => (segment.speaker === from ? withSpeaker(segment, to) : segment))

export function replaceAll(segments: Segments, search: Search, by: string): Segments {
  const pattern = finder(search)
  if (!pattern) return segments
  return mapped(segments, (segment) =>
    withText(
      segment,
      segment.text.replace(pattern, () => by),
    ),
  )
}

export const speakersOf = (segments: readonly SegmentReply[]): string[] => [
  ...new Set(segments.flatMap(({ speaker }) => speaker ?? [])),
]

const clamp = (value: number, low: number, high = Number.POSITIVE_INFINITY): number =>
  Math.min(Math.max(value, low), Math.max(low, high))

function change(segments: Segments, at: number, how: (segment: Segment) => Segment): Segments {
  const segment = segments[at]
  if (!segment) return segments
  const after = how(segment)
  return after === segment ? segments : segments.with(at, after)
}

/** The very list where nothing changes. */
function mapped(segments: Segments, how: (segment: Segment) => Segment): Segments {
  const after = segments.map(how)
  return after.some((segment, k) => segment !== segments[k]) ? after : segments
}

function withText(segment: Segment, text: string): Segment {
  if (text === segment.text) return segment
  const words = segment.words && retimeWords(segment.text, segment.words, text, segment)
  return { ...segment, text, ...(words && { words }) }
}

function withSpeaker(segment: Segment, name: string): Segment {
  const speaker = name.trim()
  if (speaker === (segment.speaker ?? '')) return segment
  const { speaker: _, ...rest } = segment
  return speaker === '' ? rest : { ...rest, speaker }
}

/** The words left and right of a place in the text, none of them lost. */
function shareWords({ text, words = [] }: Segment, cut: number): [Word[], Word[]] {
  const placed = placeWords(text, words)
  const last = placed.findLastIndex(({ from }) => from < cut)
  const left = last < 0 ? 0 : indexOfPlaced(words, placed, last) + 1
  return [words.slice(0, left), words.slice(left)]
}

/** `placed` leaves out words; which of all is its k-th? */
function indexOfPlaced(words: readonly Word[], placed: readonly Word[], k: number): number {
  let at = -1
  for (const { word, start, end } of placed.slice(0, k + 1))
    at = words.findIndex((w, i) => i > at && w.word === word && w.start === start && w.end === end)
  return at
}

/** Scripts that are written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}。、！？]/u

/** A place between two words: behind the spaces that are nearest, or where a script has none. */
function cutNear(text: string, offset: number): number {
  const at = Math.min(Math.max(offset, 0), text.length)
  for (let away = 0; away <= text.length; away++)
    for (const place of [at - away, at + away]) if (isBetweenWords(text, place)) return place
  return 0
}

function isBetweenWords(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false
  const [before, after] = [text[at - 1] ?? '', text[at] ?? '']
  if (/\s/.test(after)) return false
  return /\s/.test(before) || UNSPACED.test(before) || UNSPACED.test(after)
}

function between(left: string, right: string): string {
  if (left === '' || right === '') return ''
  const [before, after] = [left.at(-1) ?? '', right[0] ?? '']
  return /\s/.test(before + after) || UNSPACED.test(before) || UNSPACED.test(after) ? '' : ' '
}
