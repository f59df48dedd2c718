import { useSearch } from '@tanstack/react-router'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { useChapters } from './outline/use-chapters.ts'
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
  const reading = useReading(segments, useSearch({ from: '/inside/transcripts/$id' }), selection.at)
  const speakers = useSpeakers(segments)
  const work = useWork(transcript, selection, reading, speakers)
  useKeys(reading.playhead, work)
  return {
    ...useMoments(transcription, reading.playhead),
    transcription,
    transcript,
    now,
    segments,
    reading,
    speakers,
    work,
    chapters: useChapters(segments),
  }
}

export type View = ReturnType<typeof useView>
