import type { ReactNode } from 'react'
import type { Segment, Segments } from './editor/segments.ts'
import { Line } from './line.tsx'
import { Lines } from './lines.tsx'
import type { Moments } from './moment.tsx'
import type { Mark } from './pieces.ts'
import type { Playhead } from './playhead.ts'
import type { LinesState } from './use-lines.ts'

interface ReaderProps {
  segments: Segments
  state: LinesState
  playhead: Playhead
  moments: Moments
  marksOf(at: number): readonly Mark[]
}

/** The transcript to read. */
export function Reader({ segments, state, playhead, moments, marksOf }: ReaderProps): ReactNode {
  const named = (at: number, { speaker }: Segment): string | undefined =>
    speaker === segments[at - 1]?.speaker ? undefined : (speaker ?? 'Somebody else')
  return (
    <Lines segments={segments} state={state} playhead={playhead}>
      {(segment, at, active) => (
        <Line
          segment={segment}
          speaker={named(at, segment)}
          active={active}
          marks={marksOf(at)}
          moments={moments}
          playhead={playhead}
        />
      )}
    </Lines>
  )
}
