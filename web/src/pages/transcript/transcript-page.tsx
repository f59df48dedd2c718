import { Alert, Anchor, Stack, Text, Title } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { Loaded } from '../parts/loaded.tsx'
import { isUnderWay, useTranscription } from './data.ts'
import { Heading } from './heading.tsx'
import { TranscriptView } from './transcript-view.tsx'
import { UnderWay } from './under-way.tsx'

export function TranscriptPage() {
  const { id } = useParams({ from: '/inside/transcripts/$id' })
  const [round, setRound] = useState(0)
  const query = useTranscription(id)
  const { refetch } = query
  const look = useCallback(() => void refetch(), [refetch])
  const anew = async (): Promise<void> => {
    await refetch()
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
            {isUnderWay(transcription) ? (
              <UnderWay transcription={transcription} onEnded={look} />
            ) : (
              <Without transcription={transcription} />
            )}
          </Stack>
        )
      }
    </Loaded>
  )
}

/** Why there is no text. */
const Without = ({ transcription: { state, error } }: { transcription: TranscriptionReply }) => (
  <Alert
    color={state === 'failed' ? 'red' : 'gray'}
    title={state === 'failed' ? 'This transcription failed' : 'This transcription was cancelled'}
  >
    <Text size="sm">{error?.message ?? 'It cost nothing.'}</Text>
    <Anchor component={Link} to="/" size="sm" c="inherit" underline="always">
      Transcribe something else
    </Anchor>
  </Alert>
)
