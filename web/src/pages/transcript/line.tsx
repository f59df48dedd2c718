import { memo, useMemo } from 'react'
import type { Segment } from './editor/segments.ts'
import { type PlacedWord, placeWords } from './editor/words.ts'
import { Moment, type Moments } from './moment.tsx'
import { type Mark, type Piece, pieces } from './pieces.ts'
import { lastBegun, type Playhead, usePlayhead } from './playhead.ts'
import classes from './transcript.module.css'

export interface LineProps {
  segment: Segment
  /** Named where somebody else begins to speak. */
  speaker: string | undefined
  active: boolean
  marks: readonly Mark[]
  moments: Moments
  playhead: Playhead
}

/** A segment to read. */
export const Line = memo(function Line({ segment, speaker, active, marks, moments, playhead }: LineProps) {
  const { text, start } = segment
  const words = useMemo(() => placeWords(text, segment.words ?? []), [text, segment.words])
  const parts = useMemo(() => pieces(text, words, marks), [text, words, marks])
  const timed = moments.kind === 'play' ? words : []
  return (
    <div className={classes.line} data-active={active || undefined}>
      <Moment seconds={start} moments={moments} />
      <div className={classes.said}>
        {speaker !== undefined && <div className={classes.speaker}>{speaker}</div>}
        <p className={classes.text} dir="auto">
          {active ? (
            <Spoken parts={parts} words={timed} playhead={playhead} />
          ) : (
            <Pieces parts={parts} words={timed} spoken={-1} />
          )}
        </p>
      </div>
    </div>
  )
})

interface PiecesProps {
  parts: readonly Piece[]
  words: readonly PlacedWord[]
}

/** With the word that is spoken now. */
function Spoken({ parts, words, playhead }: PiecesProps & { playhead: Playhead }) {
  const spoken = usePlayhead(playhead, (seconds) => lastBegun(words, seconds))
  return <Pieces parts={parts} words={words} spoken={spoken} />
}

function Pieces({ parts, words, spoken }: PiecesProps & { spoken: number }) {
  return parts.map((piece) => {
    const timed = piece.word === undefined ? undefined : words[piece.word]
    return timed ? (
      <span key={piece.from} data-start={timed.start} data-spoken={piece.word === spoken || undefined}>
        <Marked piece={piece} />
      </span>
    ) : (
      <Marked key={piece.from} piece={piece} />
    )
  })
}

export const Marked = ({ piece: { text, mark } }: { piece: Piece }) =>
  mark ? <mark data-current={mark === 'current' || undefined}>{text}</mark> : text
