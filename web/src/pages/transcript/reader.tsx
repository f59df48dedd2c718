import type { ReactNode } from 'react'
import { translator } from '../../i18n/catalogue.ts'
import type { Segments } from './editor/segments.ts'
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
  lang: string | undefined
}

/** The transcript to read only. */
export function Reader({ segments, state, playhead, moments, marksOf, lang }: ReaderProps): ReactNode {
  return (
    <Lines segments={segments} state={state} playhead={playhead} lang={lang}>
      {(segment, at, active) => (
        <Line
          segment={segment}
          speaker={namedAt(segments, at)}
          active={active}
          marks={marksOf(at)}
          moments={moments}
          playhead={playhead}
        />
      )}
    </Lines>
  )
}

/** Who begins to speak at a segment; undefined: nobody, or whoever spoke before. */
export function namedAt(segments: Segments, at: number): string | undefined {
  const t = translator('transcript')
  const speaker = segments[at]?.speaker
  return speaker === segments[at - 1]?.speaker ? undefined : (speaker ?? t('somebodyElse'))
}
