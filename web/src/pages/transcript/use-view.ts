import { useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { useComments } from './comments/use-comments.ts'
import { useChapters } from './outline/use-chapters.ts'
import type { Mark } from './pieces.ts'
import type { Begun } from './saving/begin.ts'
import { useTranscript } from './saving/use-transcript.ts'
import { useSpeakers } from './speakers/use-speakers.ts'
import { useKeys } from './use-keys.ts'
import { useMoments } from './use-moments.ts'
import { useReading } from './use-reading.ts'
import { useSelection, useWork } from './use-work.ts'

/** What the parts of the page share: the text, where one is in it, what plays, who speaks. */
export function useView(transcription: TranscriptionReply, begun: Begun) {
  const [transcript, now] = useTranscript(begun)
  const { segments } = now.editor
  const selection = useSelection(segments)
  const read = useReading(segments, useSearch({ from: '/inside/transcripts/$id' }), selection.at)
  const comments = useComments(transcription.id, segments)
  const reading = { ...read, marksOf: (at: number) => together(read.marksOf(at), comments.marksOf(at)) }
  const speakers = useSpeakers(segments)
  const work = useWork(transcript, selection, reading, speakers, comments.write)
  useKeys(reading.playhead, work)
  return {
    ...useMoments(transcription, reading.playhead),
    transcription,
    transcript,
    now,
    segments,
    reading,
    comments,
    speakers,
    work,
    chapters: useChapters(segments),
    /** What the segments are now, for whoever asks later. */
    read: useCallback(() => transcript.read().editor.segments, [transcript]),
  }
}

/** The very list where one of them is empty: a line is drawn anew for another one. */
const together = (first: readonly Mark[], second: readonly Mark[]): readonly Mark[] =>
  second.length === 0 ? first : first.length === 0 ? second : [...first, ...second]

export type View = ReturnType<typeof useView>
