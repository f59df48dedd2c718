/** A text as posts of a platform: cut at the ends of sentences where it can be, between words or letters where it must. */
import type { PostLimits } from '../../ports/publisher.ts'
import { segmenter } from '../segmenter.ts'
import { storable } from '../storable.ts'
import { letters } from './letters.ts'
import { linksIn } from './links.ts'

/**
 * The posts in their order: every one fits, and all together are the text, without the white space where it was cut.
 * Empty for a text without a visible character.
 */
export function cutThread(text: string, limits: PostLimits): string[] {
  const posts: string[] = []
  let rest = storable(text).trim()
  while (rest !== '') {
    const end = cutAt(rest, limits)
    posts.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  return posts
}

/** How long a post counts: in graphemes, with links as the platform counts them. */
export function postLength(text: string, limits: Pick<PostLimits, 'link'> = {}): number {
  let length = 0
  for (const _ of letters(text)) length++
  return length + forLinks(text, limits)
}

/** A longer link counts as `link` as well; but what is a link is the platform's to say, so it is not relied on. */
function forLinks(text: string, { link = 0 }: Pick<PostLimits, 'link'>): number {
  if (link === 0) return 0
  return linksIn(text).reduce((sum, { url }) => sum + Math.max(0, link - url.length), 0)
}

export const fits = (text: string, limits: PostLimits): boolean =>
  (limits.bytes === undefined || Buffer.byteLength(text) <= limits.bytes) &&
  postLength(text, limits) <= limits.graphemes

/** Where a sentence or a word ends is known some characters later. */
const AHEAD = 64

/** Where the first post of a text ends. */
function cutAt(text: string, limits: PostLimits): number {
  const room = roomIn(text, limits)
  if (room === text.length) return room
  if (room === 0) return charactersThatFit(text, limits)
  const near = storable(text.slice(0, room + AHEAD))
  const links = linksIn(near)
  const ends = (at: number): boolean =>
    at <= room && at < near.length && !links.some(({ start, end }) => start < at && at < end)
  return (
    lastOf(sentenceEnds(near), ends) ?? lastOf(spaces(near), ends) ?? lastOf(wordEnds(near), ends) ?? room
  )
}

/** How much of a text, in whole graphemes, fits into a post; 0: not even the first one does. */
function roomIn(text: string, limits: PostLimits): number {
  const { graphemes, bytes = Number.POSITIVE_INFINITY } = limits
  const borders: number[] = []
  let [at, size] = [0, 0]
  for (const letter of letters(text)) {
    size += Buffer.byteLength(letter)
    if (borders.length === graphemes || size > bytes) break
    at += letter.length
    borders.push(at)
  }
  while (borders.length > 0 && borders.length + forLinks(text.slice(0, borders.at(-1)), limits) > graphemes)
    borders.pop()
  return borders.at(-1) ?? 0
}

function lastOf(borders: Iterable<number>, good: (at: number) => boolean): number | undefined {
  let last: number | undefined
  for (const at of borders) if (good(at)) last = at
  return last
}

/** White space between sentences belongs to none of them: a post may end before it. */
function* sentenceEnds(text: string): Generator<number> {
  for (const { index, segment } of segmenter('sentence').segment(text)) yield index + segment.trimEnd().length
}

function* spaces(text: string): Generator<number> {
  for (let at = 1; at < text.length; at++) if (/\s/.test(text[at]!) && !/\s/.test(text[at - 1]!)) yield at
}

/** Never before a sign that belongs to the word before it. */
const FOLLOWS = /^[\p{Pe}\p{Pf}\p{Pd}\p{Po}\p{M}\p{Lm}]/u

function* wordEnds(text: string): Generator<number> {
  for (const { index, segment } of segmenter('word').segment(text)) {
    const end = index + segment.length
    if (!FOLLOWS.test(text.slice(end, end + 2))) yield end
  }
}

/** Of a single letter that is too large, with hundreds of combining marks: it is cut between its characters. */
function charactersThatFit(text: string, { bytes = Number.POSITIVE_INFINITY }: PostLimits): number {
  let [at, size] = [0, 0]
  for (const character of text) {
    size += Buffer.byteLength(character)
    if (at > 0 && size > bytes) break
    at += character.length
  }
  return at
}
