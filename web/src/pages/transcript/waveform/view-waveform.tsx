import { memo } from 'react'
import { waveformOf } from '../data.ts'
import type { View } from '../use-view.ts'
import { RecordingWaveform } from './recording-waveform.tsx'

export const ViewWaveform = memo(function ViewWaveform({ view }: { view: View }) {
  const { transcription, segments, speakers, reading, chapters, work } = view
  const { id, durationSeconds } = transcription
  return (
    <RecordingWaveform
      name={id}
      load={() => waveformOf(id)}
      {...{ segments, speakers, reading, chapters, durationSeconds }}
      doubts={work.doubts}
    />
  )
})
