import { segmenter } from '../segmenter.ts'

/**
 * A text's letters as people count them. ICU takes some microseconds for each, which adds up to seconds in a thread of
 * a hundred posts; so it is asked only where signs may belong together.
 */
export function* letters(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    if (stands(text, at)) {
      yield text[at]!
      at++
      continue
    }
    const most = Math.min(text.length, at + SLICE)
    let end = at + 1
    while (end < most && !(isPlain(text, end - 1) && isPlain(text, end))) end++
    const isCut = end === most && end < text.length
    let taken = 0
    for (const { segment } of segmenter('grapheme').segment(text.slice(at, end))) {
      // Near the end of what is looked at, nobody knows how the last letter goes on.
      if (isCut && taken > SLICE - UNSURE) break
      taken += segment.length
      yield segment
    }
    at += taken
  }
}

/** How much ICU is given at once: it takes as long as the square of a text's length. UTF-16 units. */
const SLICE = 200
const UNSURE = 40

/** A letter of its own, and so is what follows. */
const stands = (text: string, at: number): boolean =>
  isPlain(text, at) && (at + 1 === text.length || isPlain(text, at + 1))

/** Between two of these there is always a border (all are of Unicode's class `Other`, but the line feed). */
const PLAIN: readonly [from: number, to: number][] = [
  [0x0a, 0x0a],
  [0x20, 0x7e],
  [0xb0, 0x2ff],
  [0x391, 0x3ce],
  [0x400, 0x481],
  [0x2010, 0x2027],
  [0x3001, 0x3002],
  [0x3041, 0x3096],
  [0x30a1, 0x30ff],
  [0x4e00, 0x9fff],
  [0xff01, 0xff5e],
]

function isPlain(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return PLAIN.some(([from, to]) => unit >= from && unit <= to)
}
