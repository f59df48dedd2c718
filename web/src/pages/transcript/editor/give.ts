/** Gives a passage to somebody else: lines are split where it begins and ends within them. */
import { type Segments, setSpeaker, split } from './segments.ts'

/** A place in the text: which segment, and behind how many of its characters. */
export interface Place {
  at: number
  offset: number
}

/** @param fresh two keys from it on are free */
export function givePassage(
  segments: Segments,
  { from, to }: { from: Place; to: Place },
  speaker: string,
  fresh: number,
): Segments {
  // The end first: the numbers of the lines before it stay.
  const ended = splitAt(segments, to, fresh)
  const begun = splitAt(ended.segments, from, fresh + 1)
  const shift = begun.segments.length - ended.segments.length
  let given = begun.segments
  for (let at = begun.next; at < ended.next + shift; at++) given = setSpeaker(given, at, speaker)
  // Nothing is split for nothing.
  return given === begun.segments ? segments : given
}

/** `next`: the first line behind the place. */
function splitAt(
  segments: Segments,
  { at, offset }: Place,
  key: number,
): { segments: Segments; next: number } {
  const text = segments[at]?.text ?? ''
  if (text.slice(0, offset).trim() === '') return { segments, next: at }
  if (text.slice(offset).trim() === '') return { segments, next: at + 1 }
  return { segments: split(segments, at, offset, key), next: at + 1 }
}
