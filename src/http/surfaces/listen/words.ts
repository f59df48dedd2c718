/** Deepgram's words: numbered speakers, and the same word bare and as it is written. Pure. */
import { speakerNumber } from '../../../domain/transcripts/speaker-label.ts'
import type { Segment } from '../../../ports/transcript.ts'

export interface ListenWord {
  word: string
  start: number
  end: number
  confidence: number
  speaker?: number
  punctuated_word?: string
}

export interface Written {
  /** With punctuation and capitals; without, as Deepgram answers where nobody asks for them. */
  punctuated: boolean
  speakers: boolean
}

export const wordsOf = (segments: readonly Segment[], { punctuated, speakers }: Written): ListenWord[] =>
  segments.flatMap(({ words = [], speaker }) =>
    words.flatMap(({ word: written, start, end, probability = 0 }) => {
      const word = bare(written)
      if (word === '') return []
      return [
        {
          ...{ word, start, end, confidence: probability },
          ...(speakers && speaker !== undefined && { speaker: speakerNumber(speaker) }),
          ...(punctuated && { punctuated_word: written }),
        },
      ]
    }),
  )

/** Lower case, without what stands around it: what is inside (“it's”, “3.5”) stays. */
export const bare = (text: string): string =>
  text
    .toLowerCase()
    .split(/\s+/u)
    .map((piece) => piece.replace(/^[^\p{L}\p{N}]+/u, ''))
    .map((piece) => trimmedEnd(piece))
    .filter((piece) => piece !== '')
    .join(' ')

/** Not by a regular expression, which looks at the end from every place of a long run of signs. */
function trimmedEnd(piece: string): string {
  const letters = [...piece]
  while (letters.length > 0 && !/[\p{L}\p{M}\p{N}%$€£]/u.test(letters.at(-1)!)) letters.pop()
  return letters.join('')
}

/** 0 where the engine does not tell. */
export const confidenceOf = (words: readonly ListenWord[]): number =>
  words.length === 0 ? 0 : words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length

/** What is said in one go: cut where nobody speaks for so long, or another one does. */
export function utterancesOf(words: readonly ListenWord[], pause: number): ListenWord[][] {
  const all: ListenWord[][] = []
  for (const word of words) {
    const last = all.at(-1)
    const before = last?.at(-1)
    const goesOn = before && word.start - before.end < pause && word.speaker === before.speaker
    if (goesOn) last?.push(word)
    else all.push([word])
  }
  return all
}
