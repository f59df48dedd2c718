import { Box, Button, Group, Stack, Text } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react'
import type { TranscriptionReply, TranscriptReply } from '../../../../src/contract/native.ts'
import { EditBar } from './edit-bar.tsx'
import { edit, opened } from './editor/history.ts'
import { keyed } from './editor/segments.ts'
import { FindBar } from './find-bar.tsx'
import { Heading } from './heading.tsx'
import { KeyHelp } from './key-help.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { type Caret, LineEditor } from './line-editor.tsx'
import { Lines } from './lines.tsx'
import { Original } from './original.tsx'
import { Player } from './player.tsx'
import { createPlayhead, lastBegun } from './playhead.ts'
import { Reader } from './reader.tsx'
import { Speakers } from './speakers.tsx'
import { CopyAll, Downloads } from './take-away.tsx'
import classes from './transcript.module.css'
import { useFind } from './use-find.ts'
import { useLines } from './use-lines.ts'
import { useMoments } from './use-moments.ts'
import { usePlayerKeys } from './use-player-keys.ts'
import { useSaving } from './use-saving.ts'

interface TranscriptViewProps {
  transcription: TranscriptionReply
  transcript: TranscriptReply
  /** Reads it from the server and begins anew. */
  onAnew(): void
}

type Mode = 'read' | 'edit' | 'original'

export function TranscriptView({ transcription, transcript, onAnew }: TranscriptViewProps) {
  const { t, q } = useSearch({ from: '/inside/transcripts/$id' })
  const [playhead] = useState(createPlayhead)
  const [editor, dispatch] = useReducer(edit, transcript.segments, (all) => opened(keyed(all)))
  const { segments } = editor
  const [mode, setMode] = useState<Mode>('read')
  const saving = useSaving(transcription, editor, dispatch)
  const { media, moments, why } = useMoments(transcription, playhead)
  const lines = useLines(segments, playhead)
  const near = t === undefined ? 0 : lastBegun(segments, t)
  const find = useFind(segments, { text: q, near }, lines.show)
  const all = useLatest(segments)
  const [selected, setSelected] = useState<number>()
  const [caret, setCaret] = useState<Caret>()
  usePlayerKeys(playhead)
  useArrival(() => {
    if (t !== undefined) playhead.seek(t)
    const at = t !== undefined ? near : find.current?.at
    if (at !== undefined && at > 0) lines.show(at)
  })

  return (
    <Stack>
      <LeaveGuard dirty={saving.dirty} />
      <Heading transcription={transcription} />
      <Group gap="xs">
        {mode !== 'edit' && (
          <Button size="sm" onClick={() => setMode('edit')}>
            Edit
          </Button>
        )}
        <Button
          size="sm"
          variant="default"
          onClick={() => find.setOpen(!find.open)}
          aria-expanded={find.open}
        >
          Find
        </Button>
        <CopyAll segments={segments} />
        <Downloads id={transcription.id} unsaved={saving.dirty} />
        {saving.version > 0 && mode !== 'original' && (
          <Button size="sm" variant="default" disabled={saving.dirty} onClick={() => setMode('original')}>
            Show the original
          </Button>
        )}
      </Group>
      <div className={classes.body}>
        <aside className={classes.side} aria-label="Player">
          <Stack>
            {media && <Player media={media} playhead={playhead} />}
            {why && (
              <Text size="sm" c="dimmed">
                {why}
              </Text>
            )}
            {mode === 'edit' && (
              <Box visibleFrom="md">
                <Speakers segments={segments} dispatch={dispatch} />
              </Box>
            )}
            {moments.kind === 'play' && <KeyHelp editing={mode === 'edit'} />}
          </Stack>
        </aside>
        <div className={classes.main}>
          {mode === 'original' ? (
            <Original
              id={transcription.id}
              version={saving.version}
              playhead={playhead}
              moments={moments}
              onClose={() => setMode('read')}
              onReverted={onAnew}
            />
          ) : (
            <>
              <Stack gap="xs" className={find.open || mode === 'edit' ? classes.bar : undefined}>
                {mode === 'edit' && (
                  <EditBar
                    editor={editor}
                    dispatch={dispatch}
                    saving={saving}
                    onDone={() => setMode('read')}
                    onTheirs={onAnew}
                  />
                )}
                {mode === 'edit' && (
                  <Box hiddenFrom="md">
                    <Speakers segments={segments} dispatch={dispatch} />
                  </Box>
                )}
                {find.open && (
                  <FindBar
                    find={find}
                    segments={segments}
                    dispatch={mode === 'edit' ? dispatch : undefined}
                  />
                )}
              </Stack>
              {segments.length === 0 && <Text c="dimmed">There is no text: nothing was said.</Text>}
              {mode === 'edit' ? (
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
              ) : (
                <Reader
                  segments={segments}
                  state={lines}
                  playhead={playhead}
                  moments={moments}
                  marksOf={find.marksOf}
                />
              )}
            </>
          )}
        </div>
      </div>
    </Stack>
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

/** Once, when everything stands where it will. */
function useArrival(act: () => void): void {
  const arrived = useRef(false)
  useEffect(() => {
    if (arrived.current) return
    arrived.current = true
    act()
  })
}
