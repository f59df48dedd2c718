import { Button, Group, Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { Downloads } from '../parts/downloads.tsx'
import { CopyAll } from './copy-all.tsx'
import { exportUrl } from './data.ts'
import { Delete } from './delete.tsx'
import { EditPane } from './edit-pane.tsx'
import { Elsewhere } from './elsewhere.tsx'
import { FindButton } from './find-button.tsx'
import { Heading } from './heading.tsx'
import { KeyHelp } from './key-help.tsx'
import { LineTools } from './line-tools.tsx'
import { Original } from './original.tsx'
import { Player } from './player.tsx'
import type { Begun } from './saving/begin.ts'
import { useTranscript } from './saving/use-transcript.ts'
import { Share } from './share.tsx'
import { Speakers } from './speakers.tsx'
import classes from './transcript.module.css'
import { useKeys } from './use-keys.ts'
import { useMoments } from './use-moments.ts'
import { useReading } from './use-reading.ts'
import { useSelection, useWork } from './use-work.ts'

interface TranscriptViewProps {
  transcription: TranscriptionReply
  begun: Begun
  /** Reads it from the server and begins anew. */
  onAnew(): void
}

export function TranscriptView({ transcription, begun, onAnew }: TranscriptViewProps) {
  const { id, durationSeconds } = transcription
  const [transcript, now] = useTranscript(begun)
  const { segments } = now.editor
  const { dispatch } = transcript
  const saved = now.saving.kind === 'saved'
  const [original, setOriginal] = useState(false)
  const selection = useSelection(segments)
  const reading = useReading(segments, useSearch({ from: '/inside/transcripts/$id' }), selection.at)
  const { playhead, find } = reading
  const { media, moments, elsewhere, mediaId } = useMoments(transcription, playhead)
  const work = useWork(transcript, selection, reading)
  useKeys(playhead, work)
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  const tools = !original && work.at >= 0 && (
    <LineTools
      {...{ segments, moments, dispatch }}
      at={work.at}
      length={durationSeconds ?? undefined}
      actions={work.line.actions}
    />
  )
  return (
    <Stack>
      <Heading transcription={transcription} />
      <Group gap="xs">
        <FindButton find={find} />
        <CopyAll segments={segments} />
        <Downloads
          url={(format) => exportUrl(id, format)}
          note={saved ? undefined : 'Without the changes that are not saved yet'}
        />
        <Share id={id} />
        {now.version > 0 && !original && (
          <Button size="sm" variant="default" disabled={!saved} onClick={() => setOriginal(true)}>
            Show the original
          </Button>
        )}
        <Delete id={id} mediaId={mediaId} />
      </Group>
      {!wide && !original && (
        <details className={classes.keys}>
          <summary>Speakers</summary>
          <Speakers segments={segments} dispatch={dispatch} />
        </details>
      )}
      <div className={classes.body}>
        <aside className={classes.side} aria-label="Player">
          <Stack>
            {media && <Player media={media} playhead={playhead} />}
            {elsewhere && <Elsewhere source={transcription.source} />}
            {wide && tools}
            {wide && !original && <Speakers segments={segments} dispatch={dispatch} />}
            {wide && <KeyHelp editing={!original} />}
          </Stack>
        </aside>
        <div className={classes.main}>
          {original ? (
            <Original
              {...{ id, playhead, moments }}
              version={now.version}
              onClose={() => setOriginal(false)}
              onReverted={onAnew}
            />
          ) : (
            <EditPane
              {...{ transcript, now, reading, moments, work }}
              tools={!wide && tools}
              lang={transcription.transcript?.language ?? undefined}
            />
          )}
        </div>
      </div>
    </Stack>
  )
}
