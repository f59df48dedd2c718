import { memo, useMemo } from 'react'
import { isDoubtful } from './doubt.ts'
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
export const Line = memo(function Line(props: LineProps) {
  const { segment, speaker, active, moments } = props
  return (
    <div className={classes.line} data-active={active || undefined}>
      <Moment seconds={segment.start} moments={moments} />
      <div className={classes.said}>
        {speaker !== undefined && <Speaker name={speaker} />}
        <p className={classes.text} dir="auto" data-text>
          <Words {...wordsOf(props)} doubts={false} />
        </p>
      </div>
    </div>
  )
})

export const Speaker = ({ name }: { name: string }) => (
  <div className={classes.speaker} dir="auto">
    {name}
  </div>
)

/** What the words need of a line. */
export const wordsOf = ({ segment, active, marks, moments, playhead }: LineProps) => ({
  segment,
  active,
  marks,
  moments,
  playhead,
})

interface WordsProps extends Omit<LineProps, 'speaker'> {
  /** Whether words that the model doubted are shown as such. */
  doubts: boolean
}

/** The text of a segment, word by word. Where only its number in the list changes, it is not drawn anew. */
export const Words = memo(function Words(props: WordsProps) {
  const { segment, active, marks, moments, playhead, doubts } = props
  const { text } = segment
  const words = useMemo(() => placeWords(text, segment.words ?? []), [text, segment.words])
  const parts = useMemo(() => pieces(text, words, marks), [text, words, marks])
  const common = { parts, words, timed: moments.kind === 'play', doubts }
  return active ? <Spoken {...common} playhead={playhead} /> : <Pieces {...common} spoken={-1} />
})

interface PiecesProps {
  parts: readonly Piece[]
  words: readonly PlacedWord[]
  timed: boolean
  doubts: boolean
}

/** With the word that is spoken now. */
function Spoken({ playhead, ...props }: PiecesProps & { playhead: Playhead }) {
  const spoken = usePlayhead(playhead, (seconds) => lastBegun(props.words, seconds))
  return <Pieces {...props} spoken={spoken} />
}

function Pieces({ parts, words, timed, doubts, spoken }: PiecesProps & { spoken: number }) {
  return parts.map((piece) => {
    const word = piece.word === undefined ? undefined : words[piece.word]
    const doubt = doubts && word !== undefined && isDoubtful(word)
    return word && (timed || doubt) ? (
      <span
        key={piece.from}
        data-start={timed ? word.start : undefined}
        data-spoken={(timed && piece.word === spoken) || undefined}
        data-doubt={doubt || undefined}
      >
        <Marked piece={piece} />
      </span>
    ) : (
      <Marked key={piece.from} piece={piece} />
    )
  })
}

const Marked = ({ piece: { text, mark } }: { piece: Piece }) =>
  mark ? (
    <mark
      data-current={mark === 'current' || undefined}
      data-quote={mark === 'quote' || undefined}
      data-comment={mark === 'comment' || mark === 'chosen' ? mark : undefined}
    >
      {text}
    </mark>
  ) : (
    text
  )
