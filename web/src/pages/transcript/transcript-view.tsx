import { Box, Button, Group, Stack } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useReducer, useState } from 'react'
import type { TranscriptionReply, TranscriptReply } from '../../../../src/contract/native.ts'
import { Downloads } from '../parts/downloads.tsx'
import { CopyAll } from './copy-all.tsx'
import { exportUrl } from './data.ts'
import { EditPane } from './edit-pane.tsx'
import { edit, opened } from './editor/history.ts'
import { keyed } from './editor/segments.ts'
import { Elsewhere } from './elsewhere.tsx'
import { FindButton } from './find-button.tsx'
import { Heading } from './heading.tsx'
import { KeyHelp } from './key-help.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { Original } from './original.tsx'
import { Player } from './player.tsx'
import { ReadPane } from './read-pane.tsx'
import { Share } from './share.tsx'
import { Speakers } from './speakers.tsx'
import classes from './transcript.module.css'
import { useMoments } from './use-moments.ts'
import { useReading } from './use-reading.ts'
import { useSaving } from './use-saving.ts'

interface TranscriptViewProps {
  transcription: TranscriptionReply
  transcript: TranscriptReply
  /** Reads it from the server and begins anew. */
  onAnew(): void
}

export function TranscriptView({ transcription, transcript, onAnew }: TranscriptViewProps) {
  const { id } = transcription
  const [editor, dispatch] = useReducer(edit, transcript.segments, (all) => opened(keyed(all)))
  const { segments } = editor
  const [mode, setMode] = useState<'read' | 'edit' | 'original'>('read')
  const saving = useSaving(transcription, editor, dispatch)
  const reading = useReading(segments, useSearch({ from: '/inside/transcripts/$id' }))
  const { playhead, find } = reading
  const { media, moments, elsewhere } = useMoments(transcription, playhead)
  const toRead = (): void => setMode('read')
  return (
    <Stack>
      <LeaveGuard dirty={saving.dirty} />
      <Heading transcription={transcription} />
      <Group gap="xs">
        {mode === 'read' && (
          <Button size="sm" onClick={() => setMode('edit')}>
            Edit
          </Button>
        )}
        <FindButton find={find} />
        <CopyAll segments={segments} />
        <Downloads
          url={(format) => exportUrl(id, format)}
          note={saving.dirty ? 'Without the changes that are not saved yet' : undefined}
        />
        <Share id={id} />
        {saving.version > 0 && mode === 'read' && (
          <Button size="sm" variant="default" disabled={saving.dirty} onClick={() => setMode('original')}>
            Show the original
          </Button>
        )}
      </Group>
      <div className={classes.body}>
        <aside className={classes.side} aria-label="Player">
          <Stack>
            {media && <Player media={media} playhead={playhead} />}
            {elsewhere && <Elsewhere source={transcription.source} />}
            {mode === 'edit' && (
              <Box visibleFrom="md">
                <Speakers segments={segments} dispatch={dispatch} />
              </Box>
            )}
            {moments.kind === 'play' && <KeyHelp editing={mode === 'edit'} />}
          </Stack>
        </aside>
        <div className={classes.main}>
          {mode === 'read' && <ReadPane segments={segments} reading={reading} moments={moments} />}
          {mode === 'edit' && (
            <EditPane {...{ editor, dispatch, saving, reading, moments }} onDone={toRead} onTheirs={onAnew} />
          )}
          {mode === 'original' && (
            <Original
              {...{ id, playhead, moments }}
              version={saving.version}
              onClose={toRead}
              onReverted={onAnew}
            />
          )}
        </div>
      </div>
    </Stack>
  )
}
