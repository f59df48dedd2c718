/** Where something is said in a transcript, to the word. Pure. */
import type { TranscriptReply } from '../contract/native.ts'
import { joined } from '../domain/transcripts/join-text.ts'
import { searchWords } from '../domain/transcripts/search-words.ts'

export interface Quote {
  start: number
  end: number
  text: string
  speaker?: string
}

type Segment = TranscriptReply['segments'][number]

interface Said {
  word: string
  segment: number
  start: number
  end: number
}

/**
 * The passages in which the words are said one after the other; where there are none, those in which all of them are
 * said. With so many segments around them.
 */
export function quotesOf(segments: readonly Segment[], query: string, around: number): Quote[] {
  const wanted = searchWords(query).map(({ word }) => word)
  if (wanted.length === 0) return []
  const exact = inOrder(segments.flatMap(saidIn), wanted)
  if (exact.length === 0)
    return segments.flatMap((segment, k) =>
      hasAll(segment, wanted) ? [passage(segments, k, k, around)] : [],
    )
  return exact.map(([first, last]) => {
    const whole = passage(segments, first.segment, last.segment, around)
    // With nothing around it, the moment is that of the words.
    return around > 0 ? whole : { ...whole, start: first.start, end: last.end }
  })
}

/** The words as they are looked for, each with its time, or its segment's where those of words are not known. */
function saidIn({ text, words, start, end }: Segment, segment: number): Said[] {
  const timed = words ?? [{ word: text, start, end }]
  return timed.flatMap(({ word, ...time }) =>
    searchWords(word).map(({ word }) => ({ word, segment, start: time.start, end: time.end })),
  )
}

function inOrder(said: readonly Said[], wanted: readonly string[]): [first: Said, last: Said][] {
  const found: [Said, Said][] = []
  for (let k = 0; k + wanted.length <= said.length; k++)
    if (wanted.every((word, i) => said[k + i]!.word === word)) {
      found.push([said[k]!, said[k + wanted.length - 1]!])
      k += wanted.length - 1
    }
  return found
}

function hasAll({ text }: Segment, wanted: readonly string[]): boolean {
  const there = new Set(searchWords(text).map(({ word }) => word))
  return wanted.every((word) => there.has(word))
}

function passage(segments: readonly Segment[], first: number, last: number, around: number): Quote {
  const own = segments.slice(Math.max(0, first - around), last + around + 1)
  const speakers = new Set(own.map(({ speaker }) => speaker))
  const [speaker] = speakers
  return {
    start: own[0]!.start,
    end: own.at(-1)!.end,
    text: joined(own.map((segment) => segment.text)),
    ...(speakers.size === 1 && speaker !== undefined && { speaker }),
  }
}
