import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Doubt } from '../doubt.ts'
import type { Segments } from '../editor/segments.ts'
import type { Chapter } from '../outline/chapters.ts'
import { lastBegun } from '../playhead.ts'
import { useAlike } from '../use-alike.ts'
import type { Reading } from '../use-reading.ts'
import { useSteady } from '../use-steady.ts'
import { type Peaks, readPeaks } from './peaks.ts'
import { sceneOf, scenesAlike } from './scene.ts'
import { Waveform } from './waveform.tsx'

interface RecordingWaveformProps {
  /** What tells it from others. */
  name: string
  load(): Promise<Uint8Array>
  segments: Segments
  /** The names in the order of their colours. */
  speakers: readonly string[]
  reading: Reading
  doubts: readonly Doubt[]
  chapters: readonly Chapter[]
  durationSeconds: number | null
}

/** The waveform of a transcript: where the sound was not kept, where somebody speaks. */
export function RecordingWaveform(props: RecordingWaveformProps) {
  const { name, load, segments, speakers, reading, doubts, chapters, durationSeconds } = props
  const { playhead, lines, find, quote } = reading
  const sound = useQuery({
    queryKey: ['waveform', name],
    queryFn: async (): Promise<Peaks> => readPeaks(await load()),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { found } = find
  const now = useMemo(
    () => sceneOf(segments, { speakers, found, doubts, chapters, quote }),
    [segments, speakers, found, doubts, chapters, quote],
  )
  // Most letters that are typed change nothing that is to be seen in it.
  const scene = useAlike(now, scenesAlike)
  const duration = durationSeconds ?? segments.at(-1)?.end ?? 0
  const { arrive } = useSteady({
    arrive(seconds: number): void {
      lines.onSeek()
      lines.show(Math.max(0, lastBegun(segments, seconds)))
    },
  })
  if (duration <= 0) return null
  return (
    <Waveform peaks={sound.data} scene={scene} duration={duration} playhead={playhead} onArrive={arrive} />
  )
}
