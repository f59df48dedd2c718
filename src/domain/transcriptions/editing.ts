/**
 * What becomes of a transcript when it is edited, or drawn into a video: pure, and from texts to texts, so that a long one can be computed
 * where nobody waits for answers (`ports/text-work.ts`). Transcripts, segments and changes come and go as JSON.
 */
import { EDITED } from '../../contract/edits.ts'
import type { VideoOptions } from '../../contract/videos.ts'
import type { Turn } from '../../ports/diarizer.ts'
import type { Segment, Transcript } from '../../ports/transcript.ts'
import { DomainError } from '../errors.ts'
import { type Frame, renderAss } from '../transcripts/ass.ts'
import { applyChanges, type Change, changesBetween } from '../transcripts/changes.ts'
import { type Correction, oftenCorrected } from '../transcripts/corrections.ts'
import { joined } from '../transcripts/join-text.ts'
import { relabelled } from '../transcripts/relabel.ts'
import { distinctWords } from '../transcripts/search-words.ts'

export interface Edited {
  transcript: string
  /** What leads from the version before to this one. */
  changes: string
  /** By which it is found: its title's and its text's. */
  words: string
}

export const EDITING = {
  /** With other segments. @throws DomainError `request.invalid` */
  withSegments(title: string | null, stored: string, segments: string): Edited {
    const before = JSON.parse(stored) as Transcript
    const after = edited(before, JSON.parse(segments) as Segment[])
    return stating(title, after, changesBetween(before.segments, after.segments))
  },

  /** With a few segments changed. @throws DomainError `request.invalid` */
  withChanges(title: string | null, stored: string, changes: string): Edited {
    const before = JSON.parse(stored) as Transcript
    const wanted = JSON.parse(changes) as Change[]
    const segments = applyChanges(before.segments, wanted)
    if (!segments) throw invalid(`There are ${before.segments.length} segments.`)
    checkSize(segments)
    return stating(title, edited(before, segments), wanted)
  },

  /** With everybody who speaks named anew. Undefined: nothing changes. @param turns of the recording */
  withSpeakers(
    title: string | null,
    stored: string,
    turns: readonly Turn[],
  ): { edited: Edited | undefined; speakers: number } {
    const before = JSON.parse(stored) as Transcript
    const { changes, speakers } = relabelled(before.segments, turns)
    const after = changes.length > 0 && applyChanges(before.segments, changes)
    return { edited: after ? stating(title, edited(before, after), changes) : undefined, speakers }
  },

  /** As it was recognised. */
  asBefore(title: string | null, stored: string, original: string): Edited {
    const [now, before] = [stored, original].map((text) => JSON.parse(text) as Transcript)
    return stating(title, before!, changesBetween(now!.segments, before!.segments))
  },

  /** What was corrected again and again: of each the transcript as recognised, and as it is now. */
  corrections: (originals: readonly string[], edited: readonly string[]): Correction[] =>
    oftenCorrected(
      originals.map((original, k) => ({ original: segmentsOf(original), edited: segmentsOf(edited[k]!) })),
    ),

  /** As subtitles to draw into a picture. @param without characters that no font has */
  asSubtitles(stored: string, frame: Frame, options: VideoOptions, without = ''): string {
    const { segments, language } = JSON.parse(stored) as Transcript
    return renderAss({ segments: withoutCharacters(segments, without), language }, frame, options)
  },

  /** Each character of its text and of its speakers' names once. */
  charactersOf(stored: string): string {
    const { segments } = JSON.parse(stored) as Transcript
    return [...new Set(segments.flatMap(({ text, speaker = '' }) => [...text, ...speaker]))].join('')
  },

  /** By which it is found under another title. */
  wordsUnder: (title: string | null, stored: string): string =>
    distinctWords(title, (JSON.parse(stored) as Transcript).text),
}

function withoutCharacters(segments: Segment[], without: string): Segment[] {
  if (without === '') return segments
  const left = new Set(without)
  const rest = (text: string): string => [...text].filter((each) => !left.has(each)).join('')
  return segments.map(({ words, ...segment }) => ({
    ...segment,
    text: rest(segment.text),
    ...(segment.speaker !== undefined && { speaker: rest(segment.speaker) }),
    ...(words && { words: words.map((each) => ({ ...each, word: rest(each.word) })) }),
  }))
}

const segmentsOf = (stored: string): Segment[] => (JSON.parse(stored) as Transcript).segments

const stating = (title: string | null, transcript: Transcript, changes: readonly Change[]): Edited => ({
  transcript: JSON.stringify(transcript),
  changes: JSON.stringify(changes),
  words: distinctWords(title, transcript.text),
})

function edited({ language, unclear }: Transcript, segments: readonly Segment[]): Transcript {
  checkTimes(segments)
  return {
    text: joined(segments.map(({ text }) => text.trim())),
    segments: segments.map(withoutEmptyWords),
    language,
    ...(unclear && { unclear }),
  }
}

/** A word of nothing has no place in captions, and costs time there. */
const withoutEmptyWords = ({ words, ...segment }: Segment): Segment => ({
  ...segment,
  ...(words && { words: words.filter(({ word }) => word.trim() !== '') }),
})

function checkTimes(segments: readonly Segment[]): void {
  let last = 0
  segments.forEach(({ start, end, words = [] }, k) => {
    if (end < start || start < last) throw risingTimes(`segments.${k}`)
    if (words.some((w) => w.end < w.start)) throw risingTimes(`segments.${k}.words`)
    last = start
  })
}

const risingTimes = (field: string): DomainError =>
  new DomainError('request.invalid', `${field}: The times must rise.`, { field, reason: 'invalid' })

function checkSize(segments: readonly Segment[]): void {
  const letters = segments.reduce((sum, { text }) => sum + text.length, 0)
  const words = segments.reduce((sum, each) => sum + (each.words?.length ?? 0), 0)
  if (segments.length > EDITED.segments || letters > EDITED.letters || words > EDITED.words)
    throw invalid(
      `A transcript has at most ${EDITED.segments} segments, ${EDITED.letters} characters and ${EDITED.words} words.`,
    )
}

const invalid = (message: string): DomainError =>
  new DomainError('request.invalid', `changes: ${message}`, { field: 'changes', reason: 'invalid' })
