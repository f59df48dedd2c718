import { Alert, Anchor, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { useSession } from '../../session.ts'
import { ErrorWords } from '../parts/error-words.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { isUnderWay, useTranscription } from './data.ts'
import { Heading } from './heading.tsx'
import { begin } from './saving/begin.ts'
import { TranscriptView } from './transcript-view.tsx'
import { UnderWay } from './under-way.tsx'

export function TranscriptPage() {
  const t = useTranslations('transcript')
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
          {t('text')}
        </Title>
        <Loaded query={query} failed={t('failed')}>
          {() => null}
        </Loaded>
      </Stack>
    )
  return (
    <Loaded query={query} failed={t('failed')}>
      {(transcription) =>
        transcription.transcript ? (
          <Begin
            key={`${id} ${round}`}
            transcription={transcription}
            round={round}
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

interface BeginProps {
  transcription: TranscriptionReply
  round: number
  onAnew(): void
}

/** First what was typed in this browser and never got to the server. */
function Begin({ transcription, round, onAnew }: BeginProps) {
  const t = useTranslations('transcript')
  const { user } = useSession()
  const begun = useQuery({
    queryKey: ['begun', transcription.id, round],
    queryFn: () => begin(user.id, transcription),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <Loaded query={begun} failed={t('failed')}>
      {(begun) => <TranscriptView transcription={transcription} begun={begun} onAnew={onAnew} />}
    </Loaded>
  )
}

/** Why there is no text. */
const Without = ({ transcription: { state, error } }: { transcription: TranscriptionReply }) => {
  const t = useTranslations('transcript')
  return (
    <Alert
      color={state === 'failed' ? 'red' : 'gray'}
      title={state === 'failed' ? t('without.failed') : t('without.cancelled')}
    >
      <Text size="sm">{error ? <ErrorWords error={error} /> : t('without.free')}</Text>
      <Anchor component={Link} to="/" size="sm" c="inherit" underline="always">
        {t('without.other')}
      </Anchor>
    </Alert>
  )
}
