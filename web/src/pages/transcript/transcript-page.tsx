import { Alert, Anchor, Progress, Stack, Text, Title } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { Loaded } from '../parts/loaded.tsx'
import { useTranscription } from './data.ts'
import { Heading } from './heading.tsx'
import { TranscriptView } from './transcript-view.tsx'

export function TranscriptPage() {
  const { id } = useParams({ from: '/inside/transcripts/$id' })
  const [round, setRound] = useState(0)
  const query = useTranscription(id)
  const anew = async (): Promise<void> => {
    await query.refetch()
    setRound((count) => count + 1)
  }
  // The page has its name even while, or although, there is nothing to show.
  if (!query.data)
    return (
      <Stack>
        <Title order={1} size="h2">
          Transcript
        </Title>
        <Loaded query={query} what="the transcript">
          {() => null}
        </Loaded>
      </Stack>
    )
  return (
    <Loaded query={query} what="the transcript">
      {(transcription) =>
        transcription.transcript ? (
          <TranscriptView
            key={`${id} ${round}`}
            transcription={transcription}
            transcript={transcription.transcript}
            onAnew={() => void anew()}
          />
        ) : (
          <Stack>
            <Heading transcription={transcription} />
            <Without transcription={transcription} />
          </Stack>
        )
      }
    </Loaded>
  )
}

/** Why there is no text. */
function Without({ transcription: { state, stage, pct, error } }: { transcription: TranscriptionReply }) {
  if (state === 'failed' || state === 'cancelled')
    return (
      <Alert
        color={state === 'failed' ? 'red' : 'gray'}
        title={state === 'failed' ? 'This transcription failed' : 'This transcription was cancelled'}
      >
        <Text size="sm">{error?.message ?? 'It cost nothing.'}</Text>
        <Anchor component={Link} to="/" size="sm">
          Transcribe something else
        </Anchor>
      </Alert>
    )
  const doing =
    state === 'queued' ? 'Waiting for its turn' : stage === 'downloading' ? 'Downloading' : 'Transcribing'
  return (
    <Stack gap="xs" maw={480}>
      <Text role="status">
        {doing} … {Math.round(pct)} %
      </Text>
      <Progress value={pct} aria-label="Progress" animated={state === 'running'} />
      <Text size="sm" c="dimmed">
        The text appears here when it is done. You can close this page meanwhile.
      </Text>
    </Stack>
  )
}
