import { Box, Stack } from '@mantine/core'
import { type Dispatch, useLayoutEffect, useRef, useState } from 'react'
import { EditBar } from './edit-bar.tsx'
import type { Action, Editor } from './editor/history.ts'
import { FindBar } from './find-bar.tsx'
import { type Caret, LineEditor } from './line-editor.tsx'
import { Lines } from './lines.tsx'
import type { Moments } from './moment.tsx'
import { Speakers } from './speakers.tsx'
import classes from './transcript.module.css'
import type { Reading } from './use-reading.ts'
import type { Saving } from './use-saving.ts'

interface EditPaneProps {
  editor: Editor
  dispatch: Dispatch<Action>
  saving: Saving
  reading: Reading
  moments: Moments
  onDone(): void
  /** Forgets what is here, and reads anew. */
  onTheirs(): void
}

/** The transcript to change. */
export function EditPane(props: EditPaneProps) {
  const { editor, dispatch, saving, reading, moments, onDone, onTheirs } = props
  const { segments } = editor
  const { playhead, lines, find } = reading
  const all = useLatest(segments)
  const [selected, setSelected] = useState<number>()
  const [caret, setCaret] = useState<Caret>()
  return (
    <>
      <Stack gap="xs" className={classes.bar}>
        <EditBar editor={editor} dispatch={dispatch} saving={saving} onDone={onDone} onTheirs={onTheirs} />
        <Box hiddenFrom="md">
          <Speakers segments={segments} dispatch={dispatch} />
        </Box>
        {find.open && <FindBar find={find} segments={segments} dispatch={dispatch} />}
      </Stack>
      <Lines segments={segments} state={lines} playhead={playhead}>
        {(segment, at, active) => (
          <LineEditor
            segment={segment}
            at={at}
            all={all}
            active={active}
            selected={segment.key === selected}
            caret={caret?.at === at ? caret.offset : undefined}
            marks={find.marksOf(at)}
            moments={moments}
            playhead={playhead}
            dispatch={dispatch}
            onSelect={setSelected}
            onCaret={setCaret}
          />
        )}
      </Lines>
    </>
  )
}

/** A function that stays the same and gives what is there now. */
function useLatest<T>(value: T): () => T {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  }, [value])
  const [read] = useState(() => () => latest.current)
  return read
}
